import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../../src/base/ids.ts';
import { accountsIn, type Grant, type Holder, rightsOf } from '../../../src/domain/access/rights.ts';

const roles: Readonly<Record<string, readonly string[]>> = {
  sales: ['order:read', 'account:read'],
  finance: ['order:read', 'invoice:read', 'payment:read'],
  nothing: [],
};
const rightsOfRole = (role: string): readonly string[] => roles[role] ?? [];
const a = 'a' as AccountId;
const b = 'b' as AccountId;
const c = 'c' as AccountId;
const grant = (role: string, accountIds: readonly AccountId[], everywhere = false): Grant => ({
  role,
  accountIds,
  everywhere,
});
const shown = (holder: Holder) =>
  Object.fromEntries([...rightsOf(holder, rightsOfRole)].map(([right, accounts]) => [right, [...accounts].sort()]));

describe('what somebody may do', () => {
  test('is what their roles say, account by account', () => {
    expect(shown({ own: [grant('sales', [a, b]), grant('finance', [b])], received: [] })).toEqual({
      'order:read': [a, b],
      'account:read': [a, b],
      'invoice:read': [b],
      'payment:read': [b],
    });
  });

  test('in a brand’s accounts is what both the brand and their own agency say', () => {
    const received = [grant('finance', [c], true)];
    expect(shown({ own: [grant('sales', [a], true)], received })).toEqual({
      'order:read': [a, c],
      'account:read': [a],
    });
  });

  test('a role over some accounts of the agency opens nothing of a brand', () => {
    expect(shown({ own: [grant('finance', [a])], received: [grant('finance', [c], true)] })['invoice:read']).toEqual([
      a,
    ]);
  });

  test('a key does no more than it was made for, whatever its account may', () => {
    expect(
      shown({ own: [grant('finance', [a])], received: [], bound: new Set(['order:read', 'member:write']) }),
    ).toEqual({ 'order:read': [a] });
  });

  test('a role nobody knows gives nothing', () => {
    expect(shown({ own: [grant('emperor', [a], true)], received: [grant('sales', [b])] })).toEqual({});
  });

  test('a right of an organisation without accounts is held all the same', () => {
    expect(shown({ own: [grant('sales', [], true)], received: [] })).toEqual({ 'order:read': [], 'account:read': [] });
  });
});

const anyGrant = fc.record({
  role: fc.constantFrom('sales', 'finance', 'nothing', 'emperor'),
  accountIds: fc.uniqueArray(fc.constantFrom(a, b, c)),
  everywhere: fc.boolean(),
});
const anyHolder = fc.record({
  own: fc.array(anyGrant, { maxLength: 4 }),
  received: fc.array(anyGrant, { maxLength: 4 }),
});

test('S1 · law: nothing is allowed that no grant allows, and one more grant never takes anything away', () => {
  const pairs = (holder: Holder): Set<string> =>
    new Set([...rightsOf(holder, rightsOfRole)].flatMap(([right, ids]) => [...ids].map((id) => `${right} ${id}`)));
  fc.assert(
    fc.property(anyHolder, anyGrant, (holder, more) => {
      for (const pair of pairs(holder)) {
        const [right = '', id] = pair.split(' ');
        const direct = holder.own.some(
          (held) => rightsOfRole(held.role).includes(right) && held.accountIds.some((account) => account === id),
        );
        const passedOn =
          holder.received.some(
            (held) => rightsOfRole(held.role).includes(right) && held.accountIds.some((account) => account === id),
          ) && holder.own.some((held) => held.everywhere && rightsOfRole(held.role).includes(right));
        expect(direct || passedOn).toBe(true);
      }
      const before = pairs(holder);
      for (const after of [
        pairs({ ...holder, own: [...holder.own, more] }),
        pairs({ ...holder, received: [...holder.received, more] }),
      ]) {
        for (const pair of before) expect(after.has(pair)).toBe(true);
      }
      expect(new Set(accountsIn(rightsOf(holder, rightsOfRole)))).toEqual(
        new Set([...before].map((pair) => pair.split(' ')[1])),
      );
    }),
  );
});
