import { printSchema } from 'graphql';
import { expect, test } from 'vitest';
import type { Problem } from '../../../src/plugin-host/composition.ts';
import { applyAdditions } from '../../../src/plugin-host/schema/additions.ts';
import type { Plugin } from '../../../src/seams/plugin.ts';
import type { PluginField } from '../../../src/seams/schema.ts';
import { aPlugin, core } from './support.ts';

const resolve = (): null => null;
const read: PluginField = { needs: 'invoice:read', resolve };

const said = (...plugins: readonly Plugin[]): readonly string[] => applyAdditions(core, plugins).problems.map(told);
const told = ({ code, plugin, element, message, cure }: Problem): string =>
  [code, plugin, element, message, cure].join(' | ');

/** What is said of one plugin with this SDL and these fields. */
const of = (sdl: string, fields: Readonly<Record<string, PluginField>> = {}, changes: Partial<Plugin> = {}) =>
  said(aPlugin('site-jp', { sdl, fields }, changes));

const jp = aPlugin('site-jp', {
  sdl: 'extend type Invoice { "Theirs." jp: JpInvoice } "A type." type JpInvoice { "Text." text: String }',
  fields: { 'Invoice.jp': read },
});

test('what is right has no problems', () => {
  expect(said(jp)).toEqual([]);
});

test('SDL_INVALID · text that is no SDL, with its line', () => {
  expect(of('"A type." type JpThing {\n  "Text." text String\n}')).toEqual([
    'SDL_INVALID | site-jp | schema.sdl:2 | The SDL of site-jp is wrong at line 2: Syntax Error: Expected ":", found Name "String". | Correct line 2 of schema.sdl in site-jp.',
  ]);
});

test('SDL_INVALID · a type that nobody has, though another plugin might', () => {
  expect(of('"A type." type JpThing {\n "Other." other: GbThing\n}')).toEqual([
    'SDL_INVALID | site-jp | schema.sdl:2 | The SDL of site-jp is wrong at line 2: Unknown type "GbThing". Did you mean "JpThing" or "String"? | Correct line 2 of schema.sdl in site-jp.',
  ]);
});

test('SDL_INVALID · a float, in which money would lose digits', () => {
  expect(of('"A type." type JpThing { "Rate." rate: Float }')).toEqual([
    'SDL_INVALID | site-jp | schema.sdl:1 | The SDL of site-jp is wrong at line 1: nothing in this schema is a Float, which loses digits. | Use Decimal, Money or Int.',
  ]);
});

test('SDL_INVALID · a type that lacks a field of the interface it says it implements', () => {
  const sdl =
    '"A type."\ntype JpSettlement implements Settlement { "Due." dueOn: Date! "From." dueOnFrom: DueOnFrom! "Pays." payday: Date! "Terms." byTerms: DueByTerms "Before." history: [SettlementRevision!]! }';
  expect(of(sdl)).toEqual([
    'SDL_INVALID | site-jp | schema.sdl:1 | The SDL of site-jp is wrong at line 1: Interface field Settlement.moved expected but JpSettlement does not provide it. | Correct line 1 of schema.sdl in site-jp.',
  ]);
});

test('DUPLICATE_TYPE · DUPLICATE_FIELD · two plugins, both named, the later one at fault', () => {
  const other = aPlugin('connector-jp', {
    sdl: 'extend type Invoice { "Ours." jp: String } "A type." type JpInvoice { "Text." text: String }',
    fields: { 'Invoice.jp': read },
  });
  const cure =
    'Install only one of connector-jp and site-jp, or give one of them another id, from which its names follow.';
  expect(said(other, jp)).toEqual([
    `DUPLICATE_FIELD | site-jp | Invoice.jp | site-jp brings the field Invoice.jp, which connector-jp has already. | ${cure}`,
    `DUPLICATE_TYPE | site-jp | JpInvoice | site-jp brings the type JpInvoice, which connector-jp has already. | ${cure}`,
  ]);
});

test('DUPLICATE_TYPE · DUPLICATE_FIELD · what the core has', () => {
  expect(of('"A type." type Invoice { "Text." text: String }').map((line) => line.split(' | ').slice(0, 4))).toEqual([
    ['DUPLICATE_TYPE', 'site-jp', 'Invoice', 'site-jp brings the type Invoice, which the core has already.'],
    [
      'NAME_WITHOUT_PREFIX',
      'site-jp',
      'Invoice',
      'site-jp names a type Invoice, and another plugin could do the same.',
    ],
  ]);
  expect(of('extend type Invoice { "Number." number: String }', { 'Invoice.number': read })[0]).toBe(
    'DUPLICATE_FIELD | site-jp | Invoice.number | site-jp brings the field Invoice.number, which the core has already. | Give the field of site-jp another name.',
  );
});

test('DUPLICATE_TYPE · two answers to one interface of the core', () => {
  const fields = '"Site." site: String! "Name." name: String! "Id." marketplaceId: String! "Country." country: String!';
  expect(of(`"A." type JpA implements Identity { ${fields} } "B." type JpB implements Identity { ${fields} }`)).toEqual(
    [
      'DUPLICATE_TYPE | site-jp | JpB | site-jp answers Identity with JpA and with JpB, and only one can be its answer. | Put what both say into one type that implements Identity.',
    ],
  );
});

test.each([
  ['extend enum Severity { "Worse." WORSE }', 'Severity', 'site-jp widens Severity, which is not its own'],
  ['extend interface Node { "Text." text: String }', 'Node', 'site-jp widens Node, which is not its own'],
  [
    'extend input InvoiceFilter { "Text." text: String }',
    'InvoiceFilter',
    'site-jp widens InvoiceFilter, which is not its own',
  ],
  ['directive @jp on FIELD_DEFINITION', 'jp', "site-jp defines the directive @jp, which is everybody's"],
  [
    'extend type Mutation { "Do." jpDo: Boolean }',
    'Mutation',
    'site-jp adds to Mutation, though its resolvers are handed nothing to write or listen with',
  ],
  [
    '"A." type JpNode implements Node { "Id." id: ID! }',
    'JpNode',
    'site-jp makes JpNode a Node, whose ids only the core can read',
  ],
])('NOT_ADDITIVE · %s', (sdl, element, sentence) => {
  const fields = sdl.includes('jpDo') ? { 'Mutation.jpDo': read } : {};
  const [only, ...others] = applyAdditions(core, [aPlugin('site-jp', { sdl, fields })]).problems;
  expect(others).toEqual([]);
  expect(only).toMatchObject({ code: 'NOT_ADDITIVE', element, message: `${sentence}: that is not an addition.` });
});

test('NAME_WITHOUT_PREFIX · types, root fields, and fields beside the one a plugin has', () => {
  const sdl = `
    "Of the peg." type Jpeg { "Text." text: String }
    extend type Query { "Rates." rates: String }
    extend type Invoice { "Number." registrationNumber: String }`;
  expect(of(sdl, { 'Query.rates': read, 'Invoice.registrationNumber': read })).toEqual([
    'NAME_WITHOUT_PREFIX | site-jp | Invoice.registrationNumber | site-jp names a field of a type that is not its own Invoice.registrationNumber, and another plugin could do the same. | Put it inside one field Invoice.jp that answers with a type JpInvoice.',
    'NAME_WITHOUT_PREFIX | site-jp | Jpeg | site-jp names a type Jpeg, and another plugin could do the same. | Begin it with Jp, such as JpJpeg.',
    'NAME_WITHOUT_PREFIX | site-jp | Query.rates | site-jp names a root field Query.rates, and another plugin could do the same. | Begin it with jp, such as jpThing.',
  ]);
});

test('FIELD_UNDECLARED · SDL without a function, and a function without SDL', () => {
  expect(of('extend type Invoice { "Theirs." jp: String }', { 'Invoice.gb': read })).toEqual([
    "FIELD_UNDECLARED | site-jp | Invoice.gb | schema.fields of site-jp answers Invoice.gb, and its SDL does not write that field. | Write the field in schema.sdl, or take 'Invoice.gb' out of schema.fields.",
    "FIELD_UNDECLARED | site-jp | Invoice.jp | The SDL of site-jp writes Invoice.jp, and schema.fields has nothing that answers it. | Add 'Invoice.jp': { needs, resolve } to schema.fields.",
  ]);
});

test('FIELD_WITHOUT_RIGHT · SCOPE_UNKNOWN · nothing opens by itself, and no right is made up', () => {
  const sdl = 'extend type Invoice { "Theirs." jp: String } extend type Query { "Theirs." jpRates: String }';
  const rights = [...core.scopes].sort().join(', ');
  expect(of(sdl, { 'Invoice.jp': { resolve }, 'Query.jpRates': { needs: 'rates:read', resolve } })).toEqual([
    `FIELD_WITHOUT_RIGHT | site-jp | Invoice.jp | Invoice.jp of site-jp names no right, so anybody could read it. | Add needs to schema.fields['Invoice.jp'], one of ${rights}.`,
    `SCOPE_UNKNOWN | site-jp | Query.jpRates | Query.jpRates of site-jp needs the right rates:read, which nobody can have. | Write one of ${rights}, or add rates:read to scopes of site-jp.`,
  ]);
  const own = { 'Invoice.jp': { needs: 'site-jp:read', resolve } };
  expect(of('extend type Invoice { "Theirs." jp: String }', own, { scopes: { 'site-jp:read': 'Theirs.' } })).toEqual(
    [],
  );
});

test('FIELD_NOT_NULLABLE · a failure must not take the core with it', () => {
  expect(of('extend type Invoice { "Theirs." jp: String! }', { 'Invoice.jp': read })).toEqual([
    "FIELD_NOT_NULLABLE | site-jp | Invoice.jp | Invoice.jp of site-jp may not be null: if it failed, it would take with it what is not the plugin's. | Take the ! from the type of Invoice.jp; fields inside types of your own may keep it.",
  ]);
});

test('QUESTION_UNKNOWN · a field asks what the core answers there, in place of columns', () => {
  const asking = (type: string, field: Partial<PluginField>) =>
    of(`extend type ${type} { "Theirs." jp: String }`, { [`${type}.jp`]: { ...read, ...field } });
  expect(of('extend type Invoice { "Theirs." jp: String }', { 'Invoice.jp': { ...read, asks: 'tax' } })).toEqual([]);
  expect(asking('Shipment', { asks: 'tax' }).filter((line) => line.startsWith('QUESTION'))).toEqual([
    'QUESTION_UNKNOWN | site-jp | Shipment.jp | Shipment.jp of site-jp asks the core for tax, and there is no such question of Shipment. | Ask one of Invoice.tax, or select columns.',
  ]);
  expect(asking('Invoice', { asks: 'tax', select: { number: true } })).toEqual([
    "QUESTION_UNKNOWN | site-jp | Invoice.jp | Invoice.jp of site-jp asks for tax and selects columns, and is handed only one of the two. | Take select, or asks, from schema.fields['Invoice.jp'].",
  ]);
});

test('MODEL_UNKNOWN · COLUMN_UNKNOWN · MODEL_UNDECLARED · a selection names what is there and what was declared', () => {
  const selecting = (type: string, select: PluginField['select']) =>
    of(`extend type ${type} { "Theirs." jp: String }`, { [`${type}.jp`]: { ...read, ...(select && { select }) } }).map(
      (line) => line.replace(/ \| [^|]*$/, ''),
    );
  expect(selecting('Money', { amount: true })).toEqual([
    'MODEL_UNKNOWN | site-jp | Money.jp | Money.jp of site-jp selects columns, and no model stands behind Money.',
  ]);
  expect(selecting('Invoice', { numbre: true })).toEqual([
    'COLUMN_UNKNOWN | site-jp | Invoice.jp select Invoice.numbre | Invoice.jp of site-jp selects numbre, and Invoice has no such member.',
  ]);
  expect(selecting('Invoice', { lines: true })).toEqual([
    'COLUMN_UNKNOWN | site-jp | Invoice.jp select Invoice.lines | Invoice.jp of site-jp selects all of Invoice.lines, which is a relation to InvoiceLine.',
  ]);
  expect(selecting('Invoice', { number: { select: { x: true } } })).toEqual([
    'COLUMN_UNKNOWN | site-jp | Invoice.jp select Invoice.number | Invoice.jp of site-jp selects inside Invoice.number, which is a column.',
  ]);
  expect(selecting('Invoice', { lines: { select: { asin: true } } })).toEqual([
    'MODEL_UNDECLARED | site-jp | Invoice.jp select Invoice.lines | Invoice.jp of site-jp selects from InvoiceLine, and its capabilities do not say that it reads that.',
  ]);
  expect(selecting('Organisation', { apiKeys: { select: { secretHash: true } } })).toEqual([
    'MODEL_UNKNOWN | site-jp | Organisation.jp select Organisation.apiKeys | Organisation.jp of site-jp selects from ApiKey, which plugins do not read.',
  ]);
});

test('DESCRIPTION_MISSING · everything that a client sees says what it is', () => {
  const sdl = `
    extend type Invoice { jp(day: Date): JpInvoice }
    type JpInvoice { kind: JpKind }
    enum JpKind { QUALIFIED }`;
  expect(of(sdl, { 'Invoice.jp': read }).map((line) => line.split(' | ').slice(0, 4).join(' | '))).toEqual(
    ['Invoice.jp', 'Invoice.jp(day:)', 'JpInvoice', 'JpInvoice.kind', 'JpKind', 'JpKind.QUALIFIED'].map(
      (place) => `DESCRIPTION_MISSING | site-jp | ${place} | ${place} of site-jp does not say what it is.`,
    ),
  );
});

test('every problem of every plugin comes at once, sorted, and the core stays whole', () => {
  const bad = (id: string) => aPlugin(id, { sdl: 'extend type Invoice { wrong: Int! }', fields: {} });
  const { problems, schema } = applyAdditions(core, [bad('site-bb'), jp, bad('site-aa')]);
  expect(problems.map(({ plugin, code }) => `${plugin} ${code}`)).toEqual([
    'site-aa DESCRIPTION_MISSING',
    'site-aa DUPLICATE_FIELD',
    'site-aa FIELD_NOT_NULLABLE',
    'site-aa FIELD_UNDECLARED',
    'site-aa NAME_WITHOUT_PREFIX',
    'site-bb DESCRIPTION_MISSING',
    'site-bb FIELD_NOT_NULLABLE',
    'site-bb FIELD_UNDECLARED',
    'site-bb NAME_WITHOUT_PREFIX',
  ]);
  expect(schema.getType('JpInvoice')).toBeDefined();
  expect(printSchema(core.schema)).not.toContain('jp: JpInvoice');
});
