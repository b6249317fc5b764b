import { forPlugins } from '../../../schema/for-plugins.ts';
import { schema } from '../../../schema/index.ts';
import { allScopes } from '../../../schema/scopes.ts';
import type { Core } from '../../../src/plugin-host/composition.ts';
import {
  type GateSettings,
  openGate,
  type PluginFailure,
  type PluginGate,
} from '../../../src/plugin-host/schema/gate.ts';
import { definePlugin, type Plugin } from '../../../src/seams/plugin.ts';
import type { SchemaAdditions } from '../../../src/seams/schema.ts';

/** The core as it is served. */
export const core: Core = {
  version: '1.0.0',
  schema,
  ...forPlugins(schema),
  scopes: new Set(allScopes),
  slots: new Set(),
  changeKinds: new Set(),
};

/** A plugin that does nothing but add to the schema. Valid unless you say otherwise. */
export const aPlugin = (id: string, schema: SchemaAdditions, changes: Partial<Plugin> = {}): Plugin =>
  definePlugin({ id, version: '1.0.0', description: 'A plugin of a test.', platform: '^1', schema, ...changes });

export interface TestGate extends PluginGate {
  readonly failures: readonly PluginFailure[];
}

/** A gate that remembers what it was told, with every plugin on. */
export function aGate(changes: Partial<GateSettings> = {}): TestGate {
  const failures: PluginFailure[] = [];
  const gate = openGate({
    switch: { isEnabled: () => true },
    configOf: () => undefined,
    tablesOf: () => () => Promise.reject(new Error('no tables here')),
    report: (failure) => failures.push(failure),
    clock: () => 0,
    ...changes,
  });
  return { ...gate, failures };
}
