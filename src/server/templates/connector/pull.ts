import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cursor, type PullContext, type PulledBatch, UpstreamRefused } from 'acorn/plugin';
import { documentKind } from './columns.ts';

/**
 * The CSV files of the folder in `settings.folder`, by name, after the one the cursor names: give files names that sort
 * by time, such as `2026-11-23T1700.csv`. Asked twice it brings the same.
 */
export async function* pull(context: PullContext, cursor: Cursor | undefined): AsyncGenerator<PulledBatch> {
  const folder = folderIn(context.settings);
  const after = typeof cursor?.after === 'string' ? cursor.after : '';
  const names = (await namesIn(folder)).filter((name) => name > after);
  for (const [index, name] of names.entries()) {
    if (context.signal.aborted) return;
    const bytes = await readFile(join(folder, name));
    yield {
      documents: [{ kind: documentKind, bytes, mediaType: 'text/csv', receivedAt: context.now(), origin: name }],
      cursor: { after: name },
      progress: (index + 1) / names.length,
    };
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort();
  } catch {
    throw new UpstreamRefused('FOLDER_MISSING', `There is no folder ${folder}: make it, or correct settings.folder.`);
  }
}

function folderIn(settings: unknown): string {
  const folder =
    typeof settings === 'object' && settings !== null && 'folder' in settings ? settings.folder : undefined;
  if (typeof folder === 'string' && folder !== '') return folder;
  throw new UpstreamRefused('SETTINGS_INVALID', 'Write the folder of the CSV files in settings.folder.');
}
