import { forPlugins } from '../../schema/for-plugins.ts';
import { schema } from '../../schema/index.ts';
import { allScopes } from '../../schema/scopes.ts';
import { changeKinds } from '../domain/changes.ts';
import type { Core } from '../plugin-host/composition.ts';
import { platformVersion } from '../seams/plugin.ts';
import { slotNames } from '../seams/slots.ts';

/** What plugins are composed with: the schema as it is without them, and all that they may name. */
export const core: Core = {
  version: platformVersion,
  schema,
  ...forPlugins(schema),
  scopes: new Set(allScopes),
  slots: new Set<string>(slotNames),
  changeKinds: new Set(changeKinds),
};
