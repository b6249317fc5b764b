import { readFile } from 'node:fs/promises';
import { no, type Result, yes } from '../base/result.ts';

/** Larger than any document of any kind; a mistaken argument should not fill the memory. */
const largestFile = 64 * 1024 * 1024;

/** A file that an operator named, or why it was not read, as the rest of a sentence. */
export async function readNamedFile(path: string): Promise<Result<Uint8Array, string>> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error);
  if (bytes instanceof Error) return no(reasonOf(bytes));
  return bytes.length > largestFile
    ? no(`it is larger than any document (${largestFile / 1024 / 1024} MiB)`)
    : yes(bytes);
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it may not be read by this user';
  return message;
}
