import { basename } from 'node:path';
import type { Instant } from '../base/instant.ts';
import { type ImportedFile, importFile } from '../ingest/import-file.ts';
import type { Connector } from '../seams/connector.ts';
import type { AccountRow } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import { readNamedFile } from './read-file.ts';

/** How a whole import went. */
export interface ImportSummary {
  readonly landed: number;
  readonly repeated: number;
  readonly parked: number;
  /** Not read at all: no such file, or nothing any connector knows. */
  readonly refused: number;
}

/** Land files one after the other, and say of each what became of it. */
export async function importFiles(
  database: Database,
  account: AccountRow,
  connectors: readonly Connector[],
  files: readonly string[],
  now: () => Instant,
  say: (line: string) => void,
): Promise<ImportSummary> {
  const summary = { landed: 0, repeated: 0, parked: 0, refused: 0 };
  for (const file of files) {
    const name = basename(file);
    const bytes = await readNamedFile(file);
    if (!bytes.ok) {
      summary.refused += 1;
      say(`${name}: not read, ${bytes.refusal}`);
      continue;
    }
    const imported = await importFile({ database, account, connectors, now }, { name, bytes: bytes.value });
    if (!imported.ok) {
      summary.refused += 1;
      say(`${name}: not recognised (${imported.refusal.code}): no connector knows a document like this`);
      continue;
    }
    const outcome = outcomeOf(imported.value);
    summary[outcome] += 1;
    say(`${name}: ${describe(imported.value, outcome)}`);
    for (const part of imported.value.parked)
      say(`  parked ${part.code} at ${part.at || 'the whole document'}: ${part.message}`);
  }
  return summary;
}

/** The last line of an import. */
export const describeSummary = ({ landed, repeated, parked, refused }: ImportSummary): string =>
  `${landed} landed, ${repeated} repeated, ${parked} parked, ${refused} not read`;

function outcomeOf({ documents, parked }: ImportedFile): 'landed' | 'repeated' | 'parked' {
  if (parked.length > 0) return 'parked';
  return documents === 0 ? 'repeated' : 'landed';
}

function describe({ kind, facts, stated, changes, warnings, parked }: ImportedFile, outcome: string): string {
  if (outcome === 'repeated') return `repeated, ${kind} was here before`;
  const said = `${kind}, ${count(facts, 'new fact')} of ${stated}, ${count(changes, 'change')}`;
  const odd = warnings === 0 ? '' : `, ${count(warnings, 'contract warning')}`;
  return outcome === 'parked'
    ? `landed without ${count(parked.length, 'part')}: ${said}${odd}`
    : `landed: ${said}${odd}`;
}

const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? '' : 's'}`;
