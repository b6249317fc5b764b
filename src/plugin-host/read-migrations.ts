import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReadMigrations } from './composition.ts';

/** Read `<timestamp>_<name>/migration.sql` of each folder in a plugin's folder of migrations. @throws when one is missing */
export const readMigrations: ReadMigrations = (folder) => {
  const base = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`);
  return Object.fromEntries(
    readdirSync(fileURLToPath(base), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => [name, readFileSync(new URL(`${name}/migration.sql`, base))]),
  );
};
