import { parse, print } from 'graphql';
import { sha256 } from '../base/canonical-json.ts';
import type { Plugin } from '../seams/plugin.ts';
import type { PluginLock } from './composition.ts';
import { compareText } from './words.ts';

/** What is installed, for a file that is committed: by id, so that its diff says what came, went or changed. */
export function lockOf(
  platform: string,
  plugins: readonly Plugin[],
  migrations: ReadonlyMap<string, Readonly<Record<string, string>>>,
): PluginLock {
  return {
    platform,
    plugins: [...plugins]
      .sort((a, b) => compareText(a.id, b.id))
      .map(({ id, version, schema }) => {
        const checksums = migrations.get(id);
        return {
          id,
          version,
          ...(schema !== undefined && { schema: sdlHash(schema.sdl) }),
          ...(checksums !== undefined && { migrations: sorted(checksums) }),
        };
      }),
  };
}

/** The lock as it is committed. */
export const printLock = (lock: PluginLock): string => `${JSON.stringify(lock, null, 2)}\n`;

/** Of what the SDL says: white space and comments are not part of it, descriptions are. */
function sdlHash(sdl: string): string {
  try {
    return sha256(print(parse(sdl)));
  } catch {
    return sha256(sdl);
  }
}

const sorted = (record: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
