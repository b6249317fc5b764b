import { statfsSync, statSync } from 'node:fs';
import { OperatorError } from '../../base/operator-error.ts';
import { nameOf } from './run-as.ts';

/** What is known when the embedded PostgreSQL, or something around its folder, did not work. */
export interface Trouble {
  /** Where the data lives. */
  readonly folder: string;
  /** What PostgreSQL said, oldest line first; may be empty, since a full disk also swallows the log. */
  readonly output: string;
  /** Who it ran as, when that was not us. */
  readonly user?: string | undefined;
  readonly cause?: unknown;
}

/** Less than this many bytes free, and nothing else can be trusted: one WAL segment, 16 MiB, does not fit. */
const oneSegment = 16 * 1024 * 1024;

/**
 * One sentence for what went wrong, the likeliest cause first.
 *
 * PostgreSQL's programs run with `LC_ALL=C`, so the words looked for are those of its English messages.
 */
export function explain({ folder, output, user, cause }: Trouble): OperatorError {
  if (cause instanceof OperatorError) {
    return cause;
  }
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const because = { cause: cause ?? output };

  const sharedMemory = /shared memory.*No space left|No space left.*shared memory/i.test(output);
  const outOfSpace =
    code === 'ENOSPC' || code === 'EDQUOT' || /No space left on device|Disk quota exceeded/.test(output);
  if (outOfSpace && !sharedMemory) {
    return diskFull(folder, because);
  }
  if (code === 'EROFS' || /Read-only file system/.test(output)) {
    return new OperatorError(
      'DATA_FOLDER_NOT_WRITABLE',
      `The data folder ${folder} is on a read-only disk: choose a data folder that can be written to.`,
      because,
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new OperatorError(
      'DATA_FOLDER_NOT_WRITABLE',
      `The data folder ${folder} cannot be made because a file is in its way: choose another data folder.`,
      because,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || /Permission denied/.test(output)) {
    return user === undefined
      ? new OperatorError(
          'DATA_FOLDER_NOT_WRITABLE',
          `The data folder ${folder}${ownerOf(folder)} cannot be read and written by this user: start Acorn as a user who can, or choose another data folder.`,
          because,
        )
      : unreachableFor(user, folder, because);
  }
  if (/could not look up effective user|user does not exist/.test(output)) {
    return new OperatorError(
      'DATABASE_START_FAILED',
      'PostgreSQL needs the user it runs as to have a name, and this user id is not in /etc/passwd: start Acorn as a user with a name, or set DATABASE_URL to a PostgreSQL of your own.',
      because,
    );
  }
  if (
    code === 'ENOENT' ||
    code === 'ENOEXEC' ||
    /error while loading shared libraries|Exec format error/.test(output)
  ) {
    return new OperatorError(
      'PLATFORM_NOT_SUPPORTED',
      `The PostgreSQL in node_modules cannot run on this system (${process.platform}-${process.arch}; it needs glibc on Linux): run "npm ci" on this machine, or set DATABASE_URL to a PostgreSQL of your own.`,
      because,
    );
  }
  if (freeBytes(folder) < oneSegment) {
    return diskFull(folder, because);
  }
  const said = lastWords(output);
  return new OperatorError(
    'DATABASE_START_FAILED',
    `PostgreSQL did not start in the data folder ${folder}: ${said === '' ? 'it gave no reason' : said}.`,
    because,
  );
}

/** The sentence for a program or folder that stays closed to the user PostgreSQL has to run as. */
export function unreachableFor(user: string, path: string, options?: { cause?: unknown }): OperatorError {
  return new OperatorError(
    'DATABASE_START_FAILED',
    `PostgreSQL refuses to run as root, and the user ${user} it runs as instead cannot reach ${path}: start Acorn as a normal user, or move it and its data to a folder that every user may enter.`,
    options,
  );
}

function diskFull(folder: string, because: { cause: unknown }): OperatorError {
  return new OperatorError(
    'DISK_FULL',
    `The disk that holds the data folder ${folder} is full: free some space (a new database needs about 100 MB), or choose a data folder on another disk.`,
    because,
  );
}

function ownerOf(folder: string): string {
  try {
    return `, which belongs to the user ${nameOf(statSync(folder).uid)},`;
  } catch {
    return '';
  }
}

function freeBytes(folder: string): number {
  try {
    const disk = statfsSync(folder);
    return disk.bavail * disk.bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The last FATAL, PANIC or error line without its time stamp: the reason is last, what follows it is farewell. */
function lastWords(output: string): string {
  const telling = output.split('\n').filter((line) => /\b(FATAL|PANIC|error):/.test(line));
  const line = telling.at(-1) ?? output.trim().split('\n').at(-1) ?? '';
  return line
    .replace(/^.*?\b(FATAL|PANIC|error):\s*/, '')
    .trim()
    .replace(/\.$/, '');
}
