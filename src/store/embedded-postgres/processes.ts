import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** Whether a process with this id exists, whoever owns it. A finished child that nobody collected does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return stat(pid)?.state !== 'Z';
}

/**
 * A text that stays the same while a process lives and differs for a later process with the same id.
 * Undefined where the system does not tell (Windows): then only the id can be compared.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') {
    return stat(pid)?.startTicks;
  }
  if (process.platform === 'win32') {
    return undefined;
  }
  const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

/**
 * Whether this process is a PostgreSQL server working in `folder`, which is a real path. PostgreSQL changes into
 * its data folder when it starts. Undefined where the system does not tell.
 */
export function worksIn(pid: number, folder: string): boolean | undefined {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      // The data folder is ours, so its server would be too, and we could have read this.
      return false;
    }
  }
  if (process.platform === 'win32') {
    return undefined;
  }
  const answer = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.includes(folder);
}

function stat(pid: number): { state: string; startTicks: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold blanks and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
