import { concatAST, extendSchema, type GraphQLSchema, lexicographicSortSchema, validateSchema } from 'graphql';
import type { Plugin } from '../../seams/plugin.ts';
import type { Core, Problem } from '../composition.ts';
import { type Addition, readAddition, sdlProblem } from './addition.ts';
import { attach } from './attach.ts';
import { rules } from './rules/index.ts';
import { Owners } from './rules/unique.ts';

/** The core's schema with what plugins add, and whose is what. */
export interface Additions {
  /** All that is wrong, sorted by plugin, then element. With problems, the schemas lack what is at fault. */
  readonly problems: readonly Problem[];
  /** With every plugin. */
  readonly schema: GraphQLSchema;
  /** With the plugins that a tenant at these sites sees. The same plugins are the same object. */
  schemaFor(sites: readonly string[]): GraphQLSchema;
  /** Which plugin owns each type and field that is not the core's, by coordinate. */
  readonly owners: ReadonlyMap<string, string>;
}

/**
 * Add what plugins bring to the core's schema. Pure: the core's schema is left as it is, and the same plugins yield the
 * same answer.
 *
 * @param plugins in the order in which they start: of two that clash, the one that comes later is at fault
 */
export function applyAdditions(core: Core, plugins: readonly Plugin[]): Additions {
  const problems: Problem[] = [];
  const owners = new Owners(core);
  const sound: Addition[] = [];
  for (const plugin of plugins) {
    const read = readAddition(plugin);
    if (read === undefined) continue;
    const found = 'code' in read ? [read] : [...rules.flatMap((rule) => rule(read, core)), ...owners.claim(read)];
    problems.push(...found);
    if (!('code' in read) && found.length === 0) sound.push(read);
  }
  const whole = extended(core, sound);
  problems.push(...misfits(whole, sound));

  const cache = new Map([[keyOf(sound), whole]]);
  return {
    problems: problems.sort(byPluginThenElement),
    schema: whole,
    schemaFor: (sites) => {
      const visible = sound.filter(({ plugin }) => isVisible(plugin, sites));
      const key = keyOf(visible);
      const schema = cache.get(key) ?? extended(core, visible);
      cache.set(key, schema);
      return schema;
    },
    owners: owners.all,
  };
}

/** Whether a tenant with accounts at these sites sees what a plugin adds. */
export function isVisible({ visibleTo, sites }: Plugin, at: readonly string[]): boolean {
  const brought = (sites ?? []).map(({ code }) => code);
  const seen = visibleTo ?? (brought.length === 0 ? undefined : brought);
  return seen === undefined || seen.some((code) => at.includes(code));
}

const keyOf = (additions: readonly Addition[]): string =>
  additions
    .map(({ plugin }) => plugin.id)
    .sort()
    .join(' ');

function extended(core: Core, additions: readonly Addition[]): GraphQLSchema {
  if (additions.length === 0) return core.schema;
  // Each was checked against the core by itself, and no two clash.
  const document = concatAST(additions.map((addition) => addition.document));
  const schema = extendSchema(core.schema, document, { assumeValidSDL: true });
  for (const addition of additions) attach(schema, addition, core);
  // Sorted as the core's own is, so that what is printed does not depend on who came first.
  return lexicographicSortSchema(schema);
}

/** What only shows once types stand beside each other, such as a type that lacks a field of its interface. */
function misfits(schema: GraphQLSchema, additions: readonly Addition[]): Problem[] {
  return validateSchema(schema).flatMap((error) => {
    const source = error.nodes?.map(({ loc }) => loc?.source.name).find((name) => name !== undefined);
    const at = additions.find(({ plugin }) => plugin.id === source) ?? additions[0];
    return at === undefined ? [] : [sdlProblem(at.plugin, error)];
  });
}

function byPluginThenElement(a: Problem, b: Problem): number {
  return compare(a.plugin, b.plugin) || compare(a.element, b.element) || compare(a.code, b.code);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
