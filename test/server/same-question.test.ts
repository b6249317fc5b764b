import { parse } from 'graphql';
import { expect, test } from 'vitest';
import type { AccountId, OrganisationId } from '../../src/base/ids.ts';
import { sameQuestion } from '../../src/server/same-question.ts';

const caller = {
  tenant: { organisationId: 'o' as OrganisationId, accountIds: ['a', 'b'] as AccountId[] },
  sites: ['US'],
  scopes: new Set(['change:read', 'order:read']),
};
const byVariable = 'subscription ($after: Cursor, $n: Int!) { changes(after: $after, maxBatch: $n) { cursor } }';
const key = (text: string, variableValues: Record<string, unknown> = {}, who: Partial<typeof caller> = {}) =>
  sameQuestion({ document: parse(text), variableValues }, { ...caller, ...who });

test('where a listener begins makes no difference, by variable or written out', () => {
  expect(key(byVariable, { after: 'x', n: 1 })).toBe(key(byVariable, { after: null, n: 1 }));
  expect(key(byVariable, { n: 1 })).toBe(key(byVariable, { n: 1, after: 'y' }));
  expect(key('subscription { changes(after: "x") { cursor } }')).toBe(key('subscription{changes{cursor}}'));
});

test('order of accounts and rights makes no difference, spelling of the document neither', () => {
  const other = {
    tenant: { ...caller.tenant, accountIds: ['b', 'a'] as AccountId[] },
    scopes: new Set(['order:read', 'change:read']),
  };
  expect(key(byVariable, { n: 1 }, other)).toBe(key(byVariable.replaceAll(' ', '\n '), { n: 1 }));
});

test('S1 · everything else does: rights, accounts, organisation, sites, variables, selection, and a place used twice', () => {
  const twice = 'subscription ($after: Cursor) { changes(after: $after) { cursor other(x: $after) } }';
  const keys = [
    key(byVariable, { n: 1 }),
    key(byVariable, { n: 2 }),
    key(byVariable, { n: 1 }, { scopes: new Set(['change:read']) }),
    key(byVariable, { n: 1 }, { sites: ['US', 'CA'] }),
    key(byVariable, { n: 1 }, { tenant: { ...caller.tenant, accountIds: ['a'] as AccountId[] } }),
    key(byVariable, { n: 1 }, { tenant: { ...caller.tenant, organisationId: 'p' as OrganisationId } }),
    key(byVariable.replace('{ cursor }', '{ cursor caughtUp }'), { n: 1 }),
    key(twice, { after: 'x' }),
    key(twice, { after: 'y' }),
    key(`${byVariable} fragment F on ChangeBatch { cursor }`, { n: 1 }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});
