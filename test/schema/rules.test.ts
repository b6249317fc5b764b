import { readdirSync, readFileSync } from 'node:fs';
import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { changeTypeOf, differenceTypeOf } from '../../schema/change.ts';
import { schema } from '../../schema/index.ts';
import { printed } from '../../schema/print.ts';
import { refusalCodes } from '../../schema/refused.ts';
import { changeKinds } from '../../src/domain/changes.ts';
import { pluginRefusalCodes } from '../../src/plugin-host/schema/boundary.ts';
import { gatewayCodes } from '../../src/server/public-error.ts';

const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));

/** Every place in the schema where a person needs a word, with whether there is one. */
function places(type: GraphQLNamedType): [string, string | null | undefined][] {
  const found: [string, string | null | undefined][] = [[type.name, type.description]];
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      found.push([`${type.name}.${field.name}`, field.description]);
      for (const arg of field.args) found.push([`${type.name}.${field.name}(${arg.name}:)`, arg.description]);
    }
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) found.push([`${type.name}.${field.name}`, field.description]);
  }
  if (isEnumType(type))
    for (const value of type.getValues()) found.push([`${type.name}.${value.name}`, value.description]);
  return found;
}

test('every type, field, argument and value says what it is', () => {
  const silent = types
    .flatMap(places)
    .filter(([, description]) => !description?.trim())
    .map(([place]) => place);
  expect(silent).toEqual([]);
});

test('nothing in the schema is a float', () => {
  const floats = types.flatMap((type) => {
    if (isInputObjectType(type)) return Object.values(type.getFields()).filter(isFloat);
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => [field, ...field.args].filter(isFloat));
  });
  expect(floats.map(({ name }) => name)).toEqual([]);
  expect(printed()).not.toContain('Float');
});

const isFloat = ({ type }: { type: GraphQLInputType | GraphQLOutputType }): boolean =>
  getNamedType(type).name === 'Float';

/** Values of a row whose own type declares the right; nothing of theirs can be reached in another way. */
const partsOfARow = [
  'AcknowledgedQuantities',
  'ContainerIdentifier',
  'ImportTerms',
  'InvoiceMoney',
  'Money',
  'OrderMoney',
  'OrderQuantities',
  'OrderTerms',
  'OrderedLine',
  'Party',
  'PaymentTerms',
  'UnitCost',
  'Window',
];
/** Who asks may see who asks; what a mutation answers was guarded at the mutation. */
const guardedAtTheirField = ['Viewer', 'ParkedDocumentLanded', 'Refused'];
const roots = ['Query', 'Mutation', 'Subscription'];

test('S3 · every root field declares a right', () => {
  const open = roots.flatMap((root) =>
    Object.values((schema.getType(root) as ReturnType<typeof schema.getQueryType>)?.getFields() ?? {})
      .filter(({ extensions }) => (extensions.pothosOptions as { authScopes?: unknown }).authScopes === undefined)
      .map(({ name }) => `${root}.${name}`),
  );
  expect(open).toEqual([]);
});

test('S3 · every type declares a right, or is part of one that does', () => {
  const open = types
    .filter(isObjectType)
    .filter(({ name }) => !roots.includes(name) && !/(Connection|Edge)$|^PageInfo$/.test(name))
    .filter(({ extensions }) => (extensions.pothosOptions as { authScopes?: unknown }).authScopes === undefined)
    .map(({ name }) => name)
    .sort();
  expect(open).toEqual([...partsOfARow, ...guardedAtTheirField].sort());
});

test('S3 · parts of a row hang on nothing but rows and each other', () => {
  const holders = types
    .filter(isObjectType)
    .filter(({ name }) => !roots.includes(name))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => [type.name, getNamedType(field.type).name] as const),
    )
    .filter(([, part]) => partsOfARow.includes(part))
    .map(([holder]) => schema.getType(holder))
    .filter((holder) => !partsOfARow.includes(holder?.name ?? ''))
    .filter((holder) => (holder?.extensions.pothosOptions as { authScopes?: unknown })?.authScopes === undefined);
  expect(holders.map((holder) => holder?.name)).toEqual([]);
});

test('every kind of change has a type, and every type of change says when it is used', () => {
  const stands = changeKinds.map((kind) => changeTypeOf(kind));
  const implementing = types
    .filter(isObjectType)
    .filter((type) => type.getInterfaces().some(({ name }) => name === 'Change'));
  expect([...new Set(stands)].sort()).toEqual(implementing.map(({ name }) => name).sort());
});

test('kinds that versions of orders differ by have a type of difference', () => {
  const differing = changeKinds.filter((kind) =>
    /^(line-(added|removed|cancelled|uncancelled)|quantity|cost|ship-(to|window)|delivery|freight|purchase-order-(type|cancelled|uncancelled|amended))/.test(
      kind,
    ),
  );
  expect(differing.map((kind) => differenceTypeOf(kind)).every((name) => isObjectType(schema.getType(name)))).toBe(
    true,
  );
});

test('one query can ask for every field of every kind of change', () => {
  const fragments = types
    .filter(isObjectType)
    .filter((type) => type.getInterfaces().some(({ name }) => name === 'Change'))
    .map((type) => {
      const own = Object.values(type.getFields()).filter(({ name }) => !['account', 'node'].includes(name));
      const selected = own.map((field) => {
        const inner = getNamedType(field.type);
        return isObjectType(inner) ? `${field.name} { __typename }` : field.name;
      });
      return `... on ${type.name} { ${selected.join(' ')} }`;
    });
  const query = parse(`{ changes(first: 1) { changes { ${fragments.join('\n')} } } }`);
  expect(validate(schema, query).map(({ message }) => message)).toEqual([]);
});

test('every code has its heading in ERRORS.md', () => {
  const headings =
    readFileSync(new URL('../../schema/ERRORS.md', import.meta.url), 'utf8').match(/^## `(\w+)`/gm) ?? [];
  const codes = headings.map((heading) => heading.slice(4, -1));
  expect(
    [...refusalCodes, ...pluginRefusalCodes, ...codesSaid(), ...gatewayCodes].filter((code) => !codes.includes(code)),
  ).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});

/** Codes of refusals that a caller of the schema can meet, as the sources spell them. */
function codesSaid(): string[] {
  return ['schema', 'src/change-log', 'src/ingest/retry.ts'].flatMap((place) => {
    const path = new URL(`../../${place}`, import.meta.url);
    const files = place.endsWith('.ts')
      ? [path]
      : readdirSync(path)
          .filter((f) => f.endsWith('.ts'))
          .map((f) => new URL(`${path.href}/${f}`));
    return files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:no\(\{ code: |refused\(\s*|Refused\(\s*)'([A-Z_]+)'/g)].map(
        ([, code]) => code ?? '',
      ),
    );
  });
}
