import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../../base/operator-error.ts';
import { isAlive, processStart } from './processes.ts';

/** Held while one Acorn uses a data folder; `release` may be called twice. */
export interface DataFolderLock {
  release(): void;
}

/** Who holds the folder. A process id alone is no proof: ids are used again, and containers count from 1 each. */
interface Holder {
  readonly pid: number;
  /** From `processStart`: tells this process from a later one with the same id. */
  readonly started: string | undefined;
  /** Where `pid` means something: the host, its boot and its process namespace. */
  readonly where: string;
  readonly token: string;
}

/** The holder touches its lock this often, in milliseconds, so that others can judge it from another machine. */
const heartbeat = 2_000;
/** A lock from elsewhere that nobody touched for this long, in milliseconds, was left behind. */
const silence = 10_000;

/**
 * Take the folder for this process, or say who has it.
 *
 * A lock left by a crash is taken over at once when its process can be checked from here, and after ten quiet
 * seconds when it cannot (a container that was replaced, a network drive). The lock is one file, linked into
 * place whole, so a reader never sees half of it.
 */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  const path = join(folder, 'acorn.lock');
  const token = randomUUID();
  const mine: Holder = { pid: process.pid, started: processStart(process.pid), where: here(), token };

  const draft = `${path}.${token}`;
  writeFileSync(draft, `${JSON.stringify(mine)}\n`, { mode: 0o644 });
  try {
    while (!tryLink(draft, path)) {
      const holder = readHolder(path);
      if (holder !== undefined && (await isHeld(path, holder))) {
        throw new OperatorError(
          'DATA_FOLDER_IN_USE',
          `Another Acorn (process ${holder.pid}) is using the data folder ${folder}: stop it first, or give this one ` +
            'a data folder of its own.',
        );
      }
      setAside(path, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }

  const timer = setInterval(() => touch(path), heartbeat);
  timer.unref();
  const release = () => {
    clearInterval(timer);
    process.off('exit', release);
    if (readHolder(path)?.token === token) {
      rmSync(path, { force: true });
    }
  };
  process.on('exit', release);
  return { release };
}

/** Whether a living Acorn holds this folder; for cleaning up, not for locking. */
export async function isDataFolderInUse(folder: string): Promise<boolean> {
  const path = join(folder, 'acorn.lock');
  const holder = readHolder(path);
  return holder !== undefined && (await isHeld(path, holder));
}

async function isHeld(path: string, holder: Holder): Promise<boolean> {
  if (holder.where === here()) {
    return isAlive(holder.pid) && processStart(holder.pid) === holder.started;
  }
  // Its process cannot be seen from here, so its heartbeat has to be.
  const seen = touchedAt(path);
  while (seen !== undefined && Date.now() - seen < silence) {
    await sleep(250);
    const now = touchedAt(path);
    if (now !== seen) {
      return now !== undefined;
    }
  }
  return false;
}

/** Move a stale lock out of the way. Whoever renames it first wins; a lock taken meanwhile is put back. */
function setAside(path: string, stale: Holder | undefined): void {
  const aside = `${path}.stale-${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readHolder(aside)?.token !== stale?.token) {
    tryLink(aside, path);
  }
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return Number.isInteger(holder.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function touch(path: string): void {
  try {
    const now = Date.now() / 1000;
    utimesSync(path, now, now);
  } catch {
    // A full or vanished disk shows up where it matters; a missed heartbeat harms nobody on this machine.
  }
}

/** When the lock was last touched, as milliseconds since 1970; undefined when it is gone. */
function touchedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function here(): string {
  return [
    hostname(),
    quiet(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    quiet(() => readlinkSync('/proc/self/ns/pid')),
  ].join(' ');
}

function quiet(read: () => string): string {
  try {
    return read();
  } catch {
    return '-';
  }
}
