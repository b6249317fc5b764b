import semver from 'semver';
import type { Notice } from '../composition.ts';
import type { Check } from './check.ts';

/** Each plugin was written for a contract like this one, or an operator has said that it may run all the same. */
export const platform: Check = ({ core, plugins, settings: { allowPlatformMismatch = [] } }) =>
  plugins
    .filter(({ id, platform: range }) => !fits(core.version, range) && !allowPlatformMismatch.includes(id))
    .map(({ id, version, platform: range }) => ({
      code: 'PLATFORM_OUT_OF_RANGE',
      plugin: id,
      element: 'platform',
      message: `"${id}" ${version} was written for platform ${range}, and this is platform ${core.version}.`,
      cure: `Install a version of "${id}" for platform ${core.version}, or let this one run at your own risk with plugins.allowPlatformMismatch: ['${id}'].`,
    }));

/** What an operator overrode, and what no longer needs it: for the log, on every start. */
export function platformNotices({ core, plugins, settings }: Parameters<Check>[0]): Notice[] {
  return (settings.allowPlatformMismatch ?? []).flatMap((allowed) => {
    const plugin = plugins.find(({ id }) => id === allowed);
    if (plugin === undefined) return [];
    const { id, version, platform: range } = plugin;
    const message = fits(core.version, range)
      ? `"${id}" ${version} fits platform ${core.version}: remove it from plugins.allowPlatformMismatch.`
      : `"${id}" ${version} was written for platform ${range} and runs on platform ${core.version}, as plugins.allowPlatformMismatch says.`;
    return { plugin: id, message };
  });
}

/** A pre-release of a version is as good as that version here: who runs one has chosen to. */
export const fits = (version: string, range: string): boolean =>
  semver.satisfies(version, range, { includePrerelease: true });
