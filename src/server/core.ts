import { forPlugins } from '../../schema/for-plugins.ts';
import { schema } from '../../schema/index.ts';
import { allScopes } from '../../schema/scopes.ts';
import { changeKinds } from '../domain/changes.ts';
import type { Core } from '../plugin-host/composition.ts';
import { platformVersion } from '../seams/plugin.ts';

/** What plugins are composed with: the schema as it is without them, and all that they may name. */
export const core: Core = {
  version: platformVersion,
  schema,
  ...forPlugins(schema),
  scopes: new Set(allScopes),
  // A slot is named here once something in the core asks what fills it.
  slots: new Set(),
  changeKinds: new Set(changeKinds),
};
