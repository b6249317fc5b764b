import { isDeepStrictEqual } from 'node:util';
import { canonicalJson, sha256 } from '../../base/canonical-json.ts';
import type { Connector, Cursor, PullContext, PulledBatch } from '../connector.ts';
import { type Finding, judgeLater, type Law, must } from './law.ts';
import { mustBeTranslation } from './translation-shape.ts';

const laws = {
  ends: { number: 'C9', says: 'A pull catches up and ends, its progress from 0 to 1 and never back.' },
  cursor: { number: 'C10', says: 'A cursor is plain JSON: stored and read again it is the same.' },
  resumes: { number: 'C11', says: 'From the cursor of any batch, a pull brings everything after it.' },
  readable: { number: 'C12', says: 'What is pulled can be translated.' },
} satisfies Record<string, Law>;

/** Cursors tried, spread over the whole pull: each costs a pull of its own. */
const stops = 6;

/**
 * Judge how a connector pulls, from a source that stands still: a simulator, a folder, a recording.
 *
 * @param context a fresh context onto the same source each time it is asked
 */
export async function pullFindings(connector: Connector, context: () => PullContext): Promise<Finding[]> {
  let whole: readonly PulledBatch[] = [];
  const later = (law: Law, look: () => Promise<string | undefined>) => judgeLater(connector.name, law, look);
  const nothing = () => (whole.length === 0 ? 'the source has nothing to pull' : undefined);
  const from = (cursor: Cursor | undefined) => collect(connector.pull(context(), cursor));

  return [
    await later(laws.ends, async () => {
      whole = await from(undefined);
      const progress = whole.map((batch) => batch.progress);
      must(
        progress.every((part) => part >= 0 && part <= 1),
        `progress leaves 0 to 1: ${progress.join(' ')}`,
      );
      must(
        progress.every((part, i) => i === 0 || part >= (progress[i - 1] ?? 0)),
        `progress goes back: ${progress.join(' ')}`,
      );
      return nothing();
    }),
    await later(laws.cursor, async () => {
      for (const { cursor } of whole) {
        const stored = canonicalJson(cursor);
        must(isDeepStrictEqual(JSON.parse(stored), cursor), `the cursor ${stored} does not survive being stored`);
      }
      return nothing();
    }),
    await later(laws.resumes, async () => {
      const every = Math.max(1, Math.ceil(whole.length / stops));
      for (let stop = 1; stop <= whole.length; stop += every) {
        const stored: unknown = JSON.parse(canonicalJson(whole[stop - 1]?.cursor));
        const resumed = new Set(documentsOf(await from(stored as Cursor)));
        const missing = documentsOf(whole.slice(stop)).filter((one) => !resumed.has(one));
        must(
          missing.length === 0,
          `resumed after batch ${stop} of ${whole.length}, ${missing.length} documents are missing, such as ${missing[0]}`,
        );
      }
      return nothing();
    }),
    await later(laws.readable, async () => {
      const { account } = context();
      for (const document of whole.flatMap(({ documents }) => documents))
        mustBeTranslation(connector.translate(document, account));
      return nothing();
    }),
  ];
}

async function collect(batches: AsyncIterable<PulledBatch>): Promise<PulledBatch[]> {
  const collected: PulledBatch[] = [];
  for await (const batch of batches) collected.push(batch);
  return collected;
}

const documentsOf = (batches: readonly PulledBatch[]): string[] =>
  batches.flatMap(({ documents }) => documents.map(({ kind, bytes }) => `${kind} ${sha256(bytes)}`));
