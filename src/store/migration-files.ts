import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { OperatorError } from '../base/operator-error.ts';

/** One step forward for a database: `<timestamp>_<name>/migration.sql`. */
export interface MigrationFile {
  /** The name of its folder, by which the database remembers it. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file as it is, in hex. */
  readonly checksum: string;
  /** The same for both kinds of line end: a checkout on Windows is not an edit. */
  readonly acceptable: ReadonlySet<string>;
}

/**
 * The migrations in these folders, each folder's own by name (so by time), the folders in the order given.
 *
 * A folder without `migration.sql` and two migrations of one name are refused: both would be skipped in silence.
 */
export function readMigrations(folders: readonly string[]): MigrationFile[] {
  const migrations = folders.flatMap((folder) => {
    if (!existsSync(folder)) {
      throw new OperatorError('MIGRATION_INVALID', `There is no folder of migrations at ${folder}.`);
    }
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
      .map((name) => readMigration(join(folder, name)));
  });
  const names = new Set<string>();
  for (const { name } of migrations) {
    if (names.has(name)) {
      throw new OperatorError(
        'MIGRATION_INVALID',
        `Two migrations are called "${name}": rename the one that was not released.`,
      );
    }
    names.add(name);
  }
  return migrations;
}

function readMigration(folder: string): MigrationFile {
  const path = join(folder, 'migration.sql');
  if (!existsSync(path)) {
    throw new OperatorError('MIGRATION_INVALID', `The migration ${folder} has no migration.sql.`);
  }
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  const unix = text.replaceAll('\r\n', '\n');
  const checksum = sha256(bytes);
  return {
    name: basename(folder),
    sql: text,
    checksum,
    acceptable: new Set([checksum, sha256(unix), sha256(unix.replaceAll('\n', '\r\n'))]),
  };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
