import { sha256 } from '../../base/canonical-json.ts';
import type { Problem, ReadMigrations } from '../composition.ts';
import type { Assembly } from './check.ts';

/** SHA-256 of each plugin's migrations, by name; and every one that is not what it was when it was locked. */
export function migrations(
  { plugins, settings: { lock } }: Assembly,
  read: ReadMigrations,
): {
  readonly problems: readonly Problem[];
  readonly checksums: ReadonlyMap<string, Readonly<Record<string, string>>>;
} {
  const problems: Problem[] = [];
  const checksums = new Map<string, Readonly<Record<string, string>>>();
  for (const { id, migrations: folder } of plugins) {
    const locked = lock?.plugins.find((plugin) => plugin.id === id)?.migrations ?? {};
    let found: Readonly<Record<string, string>> = {};
    if (folder !== undefined) {
      try {
        found = Object.fromEntries(Object.entries(read(folder)).map(([name, bytes]) => [name, checksum(bytes)]));
        checksums.set(id, found);
      } catch (error) {
        problems.push({
          code: 'MIGRATION_UNREADABLE',
          plugin: id,
          element: 'migrations',
          message: `The migrations of "${id}" cannot be read: ${reason(error)}.`,
          cure: "Ship the folder that new URL('./migrations/', import.meta.url) names, with one folder per migration and its migration.sql in it.",
        });
        continue;
      }
    }
    for (const [name, was] of Object.entries(locked)) {
      const is = found[name];
      if (is === was) continue;
      problems.push({
        code: 'MIGRATION_CHANGED',
        plugin: id,
        element: name,
        message:
          is === undefined
            ? `The migration "${name}" of "${id}" is in the lock file and no longer in the plugin.`
            : `The migration "${name}" of "${id}" has changed since it was locked: it was ${was.slice(0, 12)}…, and is ${is.slice(0, 12)}….`,
        cure: 'Put it back as it was, and write a new migration for what should be different.',
      });
    }
  }
  return { problems, checksums };
}

/** A checkout on Windows is not an edit, so line ends do not count. */
const checksum = (bytes: Uint8Array): string => sha256(Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n'));

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
