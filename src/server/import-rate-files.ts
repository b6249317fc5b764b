import { basename } from 'node:path';
import type { Instant } from '../base/instant.ts';
import { type ImportedRates, importRates } from '../ingest/import-rates.ts';
import type { Database } from '../store/database.ts';
import { readNamedFile } from './read-file.ts';

/** Most problems of one file that are told one by one. */
const mostTold = 20;

/**
 * Land files of reference rates one after the other, and say of each what became of it.
 * @returns whether all of everything landed, or was here before
 */
export async function importRateFiles(
  database: Database,
  files: readonly string[],
  now: () => Instant,
  say: (line: string) => void,
): Promise<boolean> {
  let clean = true;
  for (const file of files) {
    const name = basename(file);
    const bytes = await readNamedFile(file);
    if (!bytes.ok) {
      clean = false;
      say(`${name}: not read, ${bytes.refusal}`);
      continue;
    }
    const imported = await importRates(database, bytes.value, now());
    if (!imported.ok) {
      clean = false;
      say(`${name}: no file of reference rates (${imported.refusal.code}): ${imported.refusal.message}`);
      continue;
    }
    const { problems } = imported.value;
    if (problems.length > 0) clean = false;
    say(`${name}: ${describe(imported.value)}`);
    for (const { code, at, message } of problems.slice(0, mostTold)) say(`  left out ${code} at ${at}: ${message}`);
    if (problems.length > mostTold) say(`  and ${problems.length - mostTold} more`);
  }
  return clean;
}

function describe({ read, landed, days, problems }: ImportedRates): string {
  const said = `${read} ${read === 1 ? 'rate' : 'rates'}${days === undefined ? '' : `, ${days[0]} to ${days[1]}`}: ${landed} landed`;
  const differing = problems.filter(({ code }) => code === 'RATE_DIFFERS').length;
  return `${said}, ${read - landed - differing} known, ${problems.length} left out`;
}
