import { extendSchema, type GraphQLSchema, parse } from 'graphql';
import type { Plugin } from '../seams/plugin.ts';
import type { Core, Problem } from './composition.ts';

export function applyAdditions(core: Core, plugins: readonly Plugin[]) {
  const build = (some: readonly Plugin[]): GraphQLSchema =>
    some.reduce(
      (schema, plugin) => (plugin.schema ? extendSchema(schema, parse(plugin.schema.sdl)) : schema),
      core.schema,
    );
  const schema = build(plugins);
  return {
    problems: [] as readonly Problem[],
    schema,
    schemaFor: (_sites: readonly string[]) => schema,
    owners: new Map<string, string>(),
  };
}
