import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { schema } from '../../../schema/index.ts';
import { shapes } from '../../../schema/limits.ts';
import type { Exported } from './kinds.ts';

/** Parts of one noun read beside it; what is longer is read on, page by page. */
const firstPage = 50;
const nextPage = 250;

/** The parts a caller with these rights gets. */
export const partsOf = ({ parts = {} }: Exported, scopes: ReadonlySet<string>): [string, Exported][] =>
  Object.entries(parts).filter(([, { needs }]) => needs === undefined || scopes.has(needs));

/** A query for many of a noun by their ids, each with all its parts. */
export const nounsQuery = (noun: Exported, scopes: ReadonlySet<string>): string =>
  `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${noun.type} { ${selectionOf(noun, scopes)} } } }`;

/** A query for the next page of one part of one noun. */
export const nextPageQuery = (noun: Exported, name: string, part: Exported, scopes: ReadonlySet<string>): string =>
  `query ($id: ID!, $after: String!) { node(id: $id) { ... on ${noun.type} {
     ${name}(first: ${nextPage}, after: $after) { ${pageOf(part, scopes)} } } } }`;

function selectionOf(exported: Exported, scopes: ReadonlySet<string>): string {
  const parts = partsOf(exported, scopes).map(([name, part]) =>
    part.paged
      ? `${name}(first: ${firstPage}) { ${pageOf(part, scopes)} }`
      : `${name} { ${selectionOf(part, scopes)} }`,
  );
  return [exported.values ?? valuesOf(exported.type), ...parts].join(' ');
}

const pageOf = (part: Exported, scopes: ReadonlySet<string>): string =>
  `nodes { ${selectionOf(part, scopes)} } pageInfo { hasNextPage endCursor }`;

/** All that a type says of itself: its plain values, and those that only give them shape. */
function valuesOf(type: string): string {
  const found = schema.getType(type);
  if (!isObjectType(found)) return '';
  return Object.values(found.getFields())
    .flatMap((field) => {
      const named = getNamedType(field.type);
      if (field.args.length > 0) return [];
      if (isLeafType(named)) return [field.name];
      return shapes.has(named.name) ? [`${field.name} { ${valuesOf(named.name)} }`] : [];
    })
    .join(' ');
}
