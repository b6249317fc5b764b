import type { Plugin } from '../../seams/plugin.ts';
import type { Core, PluginSettings, Problem } from '../composition.ts';

/** What is being put together: plugins of the right shape, one per id, in order. */
export interface Assembly {
  readonly core: Core;
  readonly plugins: readonly Plugin[];
  readonly settings: PluginSettings;
}

/** One thing that must hold. Finds every place where it does not, and never stops at the first. */
export type Check = (assembly: Assembly) => readonly Problem[];
