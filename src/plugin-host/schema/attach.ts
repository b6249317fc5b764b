import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';
import type { PluginField, Selection } from '../../seams/schema.ts';
import type { Core } from '../composition.ts';
import { type Addition, rootTypes } from './addition.ts';
import { bounded, boundedMember, type OperationOfPlugins, questionOf } from './boundary.ts';

type Field = GraphQLField<unknown, unknown>;
type Resolve = GraphQLFieldResolver<unknown, unknown>;

/** Rows a list without pages is taken for, as the core's own short lists are. */
const listEstimate = 4;

/**
 * Give a plugin's part of a schema its functions, its costs and its owner's name. Only what the plugin brought is
 * touched, and only in `schema`, which was made for it: the core's own schema stays as it was.
 */
export function attach(schema: GraphQLSchema, addition: Addition, core: Core): void {
  const { plugin } = addition;
  const owner = `Owner: ${plugin.id} ${plugin.version}.`;
  const place = { plugin: plugin.id, sites: (plugin.sites ?? []).map(({ code }) => code), core: core.fields };
  for (const name of addition.types.keys()) {
    const type = schema.getType(name);
    if (type === undefined) continue;
    type.description = signed(type.description, owner);
    type.extensions = { ...type.extensions, owner: plugin.id, sites: place.sites };
  }
  for (const { type, node, at } of addition.foreign) {
    const field = fieldOf(schema, type, node.name.value);
    const given = addition.fields[at];
    if (field === undefined || given === undefined) continue;
    field.description = signed(field.description, owner);
    field.resolve = bounded(given, { ...place, on: rootTypes.has(type) ? 'root' : 'core' }) as Resolve;
    const select = given.select ?? questionOf(given, type, core.fields)?.select;
    const planned = select === undefined ? {} : { pothosPrismaSelect: plannedSelect(given, select, plugin.id) };
    const complexity = costOf(field, { ...given, ...(select !== undefined && { select }) });
    field.extensions = { ...field.extensions, owner: plugin.id, ...planned, complexity };
  }
  for (const { type, node, at } of addition.own) {
    const field = fieldOf(schema, type, node.name.value);
    if (field === undefined) continue;
    const given = Object.hasOwn(addition.fields, at) ? addition.fields[at] : undefined;
    field.resolve =
      given === undefined
        ? (inherited(schema, type, field.name) ?? (boundedMember({ ...place, on: 'own' }) as Resolve))
        : (bounded(given, { ...place, on: 'own' }) as Resolve);
    field.extensions = { ...field.extensions, complexity: costOf(field, given) };
  }
}

/** Sentences of a description, the last line of which says whose it is. */
const signed = (description: string | null | undefined, owner: string): string =>
  description ? `${description}\n${owner}` : owner;

function fieldOf(schema: GraphQLSchema, type: string, field: string): Field | undefined {
  const found = schema.getType(type);
  return isObjectType(found) ? (found.getFields()[field] as Field | undefined) : undefined;
}

/** The way the core answers a field of an interface that a plugin's type implements; `undefined` answers with the member of its name. */
function inherited(schema: GraphQLSchema, type: string, field: string): Resolve | undefined {
  const implementing = schema.getType(type) as GraphQLObjectType;
  const interfaces = implementing.getInterfaces().map(({ name }) => schema.getType(name));
  return interfaces
    .filter(isInterfaceType)
    .map((found) => found.getFields()[field]?.resolve)
    .find((resolve) => resolve !== undefined);
}

/** What Pothos' planner folds into the query of the parent: nothing for whoever will not be answered. */
function plannedSelect({ needs }: PluginField, select: Selection, plugin: string) {
  const folded = { select: prismaSelect(select) };
  return (_args: object, { scopes, plugins }: OperationOfPlugins) =>
    (needs === undefined || scopes.has(needs)) && plugins?.isEnabled(plugin) ? folded : null;
}

function prismaSelect(select: Selection): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(select).flatMap(([member, wanted]) => {
      if (wanted === false) return [];
      return [[member, wanted === true ? true : { select: prismaSelect(wanted.select) }]];
    }),
  );
}

/** As the plugin says; otherwise one for what has a function and for each relation it reads, and nothing for members of a value that is there anyway. */
function costOf({ type }: Field, given: PluginField | undefined): { field: number; multiplier: number } {
  const multiplier = isListType(getNullableType(type)) && !isLeafType(getNamedType(type)) ? listEstimate : 1;
  return { field: given === undefined ? 0 : (given.cost ?? 1 + relationsIn(given.select ?? {})), multiplier };
}

const relationsIn = (select: Selection): number =>
  Object.values(select).reduce(
    (count: number, wanted) => (typeof wanted === 'boolean' ? count : count + 1 + relationsIn(wanted.select)),
    0,
  );
