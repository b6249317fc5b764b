import { graphqlSync, parse, printSchema, validate, validateSchema } from 'graphql';
import { expect, test } from 'vitest';
import { applyAdditions } from '../../../src/plugin-host/schema/additions.ts';
import { prefixOf } from '../../../src/plugin-host/schema/names.ts';
import type { Plugin } from '../../../src/seams/plugin.ts';
import { aSite } from '../../builders/plugin.ts';
import { aPlugin, core } from './support.ts';

const adding = (id: string, changes: Partial<Plugin> = {}): Plugin => {
  const { type, field } = prefixOf(id);
  return aPlugin(
    id,
    {
      sdl: `
        extend type Invoice { "What ${type} knows." ${field}: ${type}Invoice }
        "An invoice as ${type} has it." type ${type}Invoice { "Text." text: String! }`,
      fields: {
        [`Invoice.${field}`]: { needs: 'invoice:read', select: { number: true }, resolve: () => ({ text: 'x' }) },
      },
    },
    changes,
  );
};

const jp = adding('site-jp', { sites: [aSite('JP')], version: '1.4.2' });
const eu = adding('site-eu', { sites: [aSite('EU')] });
const book = adding('books', {});
const both = adding('duties', { visibleTo: ['JP', 'US'] });
const { problems, schema, schemaFor, owners } = applyAdditions(core, [book, both, eu, jp]);

const has = (sites: readonly string[], field: string): boolean =>
  validate(schemaFor(sites), parse(`{ invoices(first: 1) { nodes { ${field} { text } } } }`)).length === 0;

test('a tenant sees what plugins of its own sites add, and what is for everybody', () => {
  expect(problems).toEqual([]);
  const seen = (sites: readonly string[]) => ['jp', 'eu', 'books', 'duties'].filter((field) => has(sites, field));
  expect(seen(['JP'])).toEqual(['jp', 'books', 'duties']);
  expect(seen(['EU'])).toEqual(['eu', 'books']);
  expect(seen(['US'])).toEqual(['books', 'duties']);
  expect(seen(['JP', 'EU'])).toEqual(['jp', 'eu', 'books', 'duties']);
  expect(seen([])).toEqual(['books']);
});

test('what a tenant does not see is not told by introspection either', () => {
  const names = JSON.stringify(graphqlSync({ schema: schemaFor(['EU']), source: '{ __schema { types { name } } }' }));
  expect(names).toContain('EuInvoice');
  expect(names).not.toContain('JpInvoice');
});

test('the same set of sites is the same schema, in whatever order and with whatever else', () => {
  expect(schemaFor(['JP', 'EU'])).toBe(schemaFor(['EU', 'JP', 'EU']));
  expect(schemaFor(['EU', 'MARS'])).toBe(schemaFor(['EU']));
  expect(schemaFor(['EU', 'JP', 'US'])).toBe(schema);
  expect(applyAdditions(core, []).schemaFor(['JP'])).toBe(core.schema);
  expect(applyAdditions(core, [jp]).schemaFor(['US'])).toBe(core.schema);
});

test('every schema a tenant can see is a valid one', () => {
  for (const sites of [[], ['JP'], ['EU'], ['US'], ['JP', 'EU']]) expect(validateSchema(schemaFor(sites))).toEqual([]);
});

test('the printed schema says who owns what, and the core owns the rest', () => {
  const printed = printSchema(schema);
  expect(printed).toContain('"""\nAn invoice as Jp has it.\nOwner: site-jp 1.4.2.\n"""\ntype JpInvoice {');
  expect(printed).toContain('  """\n  What Jp knows.\n  Owner: site-jp 1.4.2.\n  """\n  jp: JpInvoice\n');
  expect(printed.match(/Owner: /g)).toHaveLength(8);
  expect(printSchema(core.schema)).not.toContain('Owner: ');
  expect(Object.fromEntries([...owners].filter(([, owner]) => owner === 'site-jp'))).toEqual({
    JpInvoice: 'site-jp',
    'JpInvoice.text': 'site-jp',
    'Invoice.jp': 'site-jp',
  });
});

test('printing does not depend on who came first, and nothing of the core moves', () => {
  expect(printSchema(applyAdditions(core, [jp, eu, both, book]).schema)).toBe(printSchema(schema));
  const kept = printSchema(schema).split('\n');
  expect(
    printSchema(core.schema)
      .split('\n')
      .filter((line) => !kept.includes(line)),
  ).toEqual([]);
});

test('a hundred plugins are added in a second or so', () => {
  const many = Array.from({ length: 100 }, (_, index) => adding(`site-x${index}`, { sites: [aSite(`X${index}`)] }));
  const before = performance.now();
  const added = applyAdditions(core, many);
  const took = performance.now() - before;
  expect(added.problems).toEqual([]);
  expect(added.owners.size).toBe(300);
  expect(took).toBeLessThan(5_000);
});
