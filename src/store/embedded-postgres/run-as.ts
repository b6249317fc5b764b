import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A user of this system, from its list of users; PostgreSQL insists on being in that list. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** How to start a program: what to put before it, and which user and group to switch to. */
export interface Launch {
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
  /** A folder or program that is closed to the user, when nothing on this machine can help with that. */
  readonly unreachable?: string;
}

/**
 * The user to run PostgreSQL as, or undefined for "as we are".
 *
 * PostgreSQL refuses to be root. Then it runs as whoever owns `cluster`; or, when that is still to be made, as the
 * owner of the closest folder around it that is not root's, so that `sudo npm start` once and `npm start` later use
 * the same files; and as `nobody` where everything is root's.
 */
export function unprivilegedUser(cluster: string): SystemUser | undefined {
  if (process.geteuid?.() !== 0) {
    return undefined;
  }
  const users = systemUsers();
  const made = statSync(cluster, { throwIfNoEntry: false });
  if (made !== undefined && made.uid !== 0) {
    return { name: nameOf(made.uid), uid: made.uid, gid: made.gid };
  }
  for (const uid of ownersAround(dirname(cluster))) {
    const owner = users.find((user) => user.uid === uid && uid !== 0);
    if (owner !== undefined) {
      return owner;
    }
  }
  return users.find((user) => user.name === 'nobody') ?? users.find((user) => user.uid !== 0);
}

/** The name of a user of this system, or the number where it has none. */
export function nameOf(uid: number): string {
  return systemUsers().find((user) => user.uid === uid)?.name ?? String(uid);
}

/**
 * How to start PostgreSQL as `user` (undefined: as we are) so that it can reach `paths`, and so that it is told to
 * shut down when this process dies, where the system can do that.
 *
 * A checkout below a closed folder such as /root can be reached by root only. Where `setpriv` exists, the server
 * keeps root's right to pass through folders, and nothing else of root. That right also reads files, so it is
 * given only where it is needed.
 *
 * @param paths the programs to run and the folders to work in; they exist
 */
export function launchAs(user: SystemUser | undefined, paths: readonly string[]): Launch {
  const setpriv = setprivAbilities();
  const parentDeath = setpriv.parentDeath ? ['--pdeathsig', 'INT'] : [];
  if (user === undefined) {
    return { prefix: parentDeath.length === 0 ? [] : ['setpriv', ...parentDeath, '--'] };
  }
  const closed = paths.map((path) => closedTo(user, path)).find((path) => path !== undefined);
  if (!setpriv.exists) {
    return { prefix: [], uid: user.uid, gid: user.gid, ...(closed === undefined ? {} : { unreachable: closed }) };
  }
  const identity = ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'];
  if (closed === undefined) {
    return { prefix: ['setpriv', ...identity, ...parentDeath, '--'] };
  }
  // The narrow right first; default containers have only the wider one.
  for (const right of ['dac_read_search', 'dac_override']) {
    // Without no_setuid_fixup the kernel ignores the right in access(), which initdb asks before anything else.
    const rights = ['--securebits=+no_setuid_fixup', `--inh-caps=+${right}`, `--ambient-caps=+${right}`];
    const prefix = ['setpriv', ...identity, ...rights, ...parentDeath, '--'];
    if (paths.every((path) => succeeds([...prefix, 'test', '-x', path]))) {
      return { prefix };
    }
  }
  return { prefix: ['setpriv', ...identity, ...parentDeath, '--'], unreachable: closed };
}

/** The first folder on the way to `path`, or `path` itself, that this user may not enter or run. */
export function closedTo(user: SystemUser, path: string): string | undefined {
  const parent = dirname(path);
  const above = parent === path ? undefined : closedTo(user, parent);
  if (above !== undefined) {
    return above;
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    return undefined;
  }
  const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
  return (found.mode & bit) === 0 ? path : undefined;
}

/** The owners of `path` and of the folders around it, closest first; folders where anyone may write say nothing. */
function ownersAround(path: string): number[] {
  const owners: number[] = [];
  for (let at = path; ; at = dirname(at)) {
    const found = statSync(at, { throwIfNoEntry: false });
    if (found !== undefined && (found.mode & 0o002) === 0) {
      owners.push(found.uid);
    }
    if (dirname(at) === at) {
      return owners;
    }
  }
}

function systemUsers(): SystemUser[] {
  let list: string;
  try {
    list = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return [];
  }
  return list.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name === undefined || uid === undefined || gid === undefined
      ? []
      : [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

let abilities: { exists: boolean; parentDeath: boolean } | undefined;

function setprivAbilities(): { exists: boolean; parentDeath: boolean } {
  if (abilities === undefined) {
    const linux = process.platform === 'linux';
    // A reduced setpriv (BusyBox) has the name but not these options, so it is asked rather than looked up.
    const nobody = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
    const exists = linux && succeeds(['setpriv', ...nobody, '--inh-caps=-all', '--', 'true']);
    const parentDeath = linux && succeeds(['setpriv', '--pdeathsig', 'INT', '--', 'true']);
    abilities = { exists, parentDeath };
  }
  return abilities;
}

function succeeds(command: readonly string[]): boolean {
  const [program, ...options] = command;
  return program !== undefined && spawnSync(program, options, { stdio: 'ignore', cwd: '/' }).status === 0;
}
