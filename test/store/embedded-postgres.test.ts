import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive } from '../../src/store/embedded-postgres/processes.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { endAllHosts, startHost } from '../support/embedded-hosts.ts';

let folder: string;
let servers: EmbeddedPostgres[];

beforeEach(() => {
  const around = mkdtempSync(join(realpathSync(tmpdir()), 'acorn-embedded-'));
  chmodSync(around, 0o755);
  folder = join(around, 'data');
  servers = [];
});

afterEach(async () => {
  await endAllHosts();
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** Careless about crashes unless asked, since flushing to disk is most of the time a start takes. */
async function start(options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder, durability: 'none', ...options });
  servers.push(server);
  return server;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a new data folder', () => {
  test('becomes a PostgreSQL 18 in UTF-8 and UTC, with checksums, on loopback only', async () => {
    const server = await start({ durability: 'full' });
    const settings = ['server_encoding', 'TimeZone', 'listen_addresses', 'fsync', 'data_checksums', 'server_version'];
    const rows = await ask<{ name: string; setting: string }>(
      server.url('postgres'),
      `SELECT name, setting FROM pg_settings WHERE name IN ('${settings.join("','")}')`,
    );
    expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
      server_encoding: 'UTF8',
      TimeZone: 'UTC',
      listen_addresses: '127.0.0.1',
      fsync: 'on',
      data_checksums: 'on',
      server_version: expect.stringMatching(/^18\./),
    });
  });

  test('has a random password, and no way in without it', async () => {
    const server = await start();
    const { password } = new URL(server.url('postgres'));
    expect(password.length).toBeGreaterThan(24);
    const wrong = server.url('postgres').replace(password, 'postgres');
    await expect(ask(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    // Lines of pg_hba.conf that let anybody in without a password.
    const rules = readFileSync(join(folder, 'cluster', 'pg_hba.conf'), 'utf8').split('\n');
    expect(rules.filter((rule) => /^[^#].*\b(trust|password|md5|peer)\b/.test(rule))).toEqual([]);
  });
});

test('the data, the port and the password stay across a restart', async () => {
  const first = await start();
  await ask(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS n');
  await first.stop();
  expect(isAlive(first.pid() ?? 0)).toBe(false);
  const second = await start();
  expect(second.url('postgres')).toBe(first.url('postgres'));
  expect(await ask(second.url('postgres'), 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
});

test('a first start that was cut short is made again from nothing', async () => {
  mkdirSync(join(folder, 'cluster.new', 'base'), { recursive: true });
  writeFileSync(join(folder, 'cluster.new', 'PG_VERSION'), '18\n');
  const server = await start();
  expect(await ask(server.url('postgres'), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

test('files of another PostgreSQL are not touched, and the sentence names both versions', async () => {
  mkdirSync(join(folder, 'cluster'), { recursive: true });
  writeFileSync(join(folder, 'cluster', 'PG_VERSION'), '17\n');
  await expect(start()).rejects.toMatchObject({
    code: 'DATA_FOLDER_OTHER_VERSION',
    message: expect.stringMatching(/made by PostgreSQL 17 .* carries PostgreSQL 18/),
  });
});

describe('the port', () => {
  async function taken(port: number): Promise<() => Promise<void>> {
    const other = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    return () => new Promise((resolve) => other.close(() => resolve()));
  }

  test('kept from last time is given up for another one when somebody else has it', async () => {
    const first = await start();
    await first.stop();
    const free = await taken(first.port);
    const second = await start();
    await free();
    expect(second.port).not.toBe(first.port);
    expect(readFileSync(join(folder, 'port'), 'utf8')).toBe(`${second.port}\n`);
    expect(await ask(second.url('postgres'), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  test('insisted on is refused by its number when somebody else has it', async () => {
    const first = await start();
    await first.stop();
    const free = await taken(first.port);
    await expect(start({ port: first.port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(`Port ${first.port} on 127.0.0.1`),
    });
    await free();
    // The refusal lets go of the folder.
    expect((await start({ port: first.port })).port).toBe(first.port);
  });
});

describe('one data folder, one Acorn', () => {
  test('a second one is told the process of the first', async () => {
    const first = await startHost(folder);
    await expect(start()).rejects.toMatchObject({
      code: 'DATA_FOLDER_IN_USE',
      message: `Another Acorn (process ${first.process.pid}) is using the data folder ${folder}: stop it first, or give this one a data folder of its own.`,
    });
    // Looking did no harm.
    expect(await ask(first.answer.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  test('of ten that start at once, one wins and nine are told', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => start()));
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
    expect(refused).toEqual(Array(9).fill('DATA_FOLDER_IN_USE'));
  });

  test.each([
    ['of a process that is gone', { pid: 2 ** 22 + 1 }],
    ['whose process id now belongs to somebody else', { pid: process.ppid, started: 'earlier' }],
    ['that is not readable', undefined],
  ])('a stale lock %s is taken over', async (_what, holder) => {
    const first = await start();
    const lock = join(folder, 'acorn.lock');
    const mine = JSON.parse(readFileSync(lock, 'utf8'));
    await first.stop();
    writeFileSync(lock, holder === undefined ? 'torn' : JSON.stringify({ ...mine, token: 'old', ...holder }));
    const second = await start();
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid });
    await second.stop();
  });

  test('a lock from another machine is believed while it is touched', async () => {
    const first = await start();
    const lock = join(folder, 'acorn.lock');
    const mine = JSON.parse(readFileSync(lock, 'utf8'));
    await first.stop();
    const elsewhere = JSON.stringify({ ...mine, pid: 7, where: 'another machine', token: 'theirs' });
    writeFileSync(lock, elsewhere);
    const beat = setInterval(() => writeFileSync(lock, elsewhere), 500);
    await expect(start()).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    clearInterval(beat);
    // Silent for eleven seconds, it was left behind.
    const silent = Date.now() / 1000 - 11;
    utimesSync(lock, silent, silent);
    await start();
  });
});

describe('R1 · kill -9', () => {
  const insert = 'INSERT INTO story (n) SELECT max(n) + 1 FROM story RETURNING n';

  test('of Acorn ends the database too, cleanly, where the system can tell it', async () => {
    const host = await startHost(folder);
    await host.end('SIGKILL');
    await expect.poll(() => isAlive(host.answer.pid), { timeout: 10_000 }).toBe(false);
    expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).toContain('database system is shut down');
  });

  test('of Acorn with a database that lives on: the next start stops it and loses nothing', async () => {
    const host = await startHost(folder, { path: '/nonexistent' });
    await ask(host.answer.url, 'CREATE TABLE story AS SELECT 0 AS n');
    await ask(host.answer.url, insert);
    await host.end('SIGKILL');
    expect(isAlive(host.answer.pid)).toBe(true);
    const lines: string[] = [];
    const server = await start({ durability: 'full', log: (line) => lines.push(line) });
    expect(isAlive(host.answer.pid)).toBe(false);
    expect(lines).toContain('Stopped the database server that an earlier Acorn left running.');
    expect(await ask(server.url('postgres'), 'SELECT max(n) AS n FROM story')).toEqual([{ n: 1 }]);
  });

  test('of Acorn and the database together, five times: every answered row is there', async () => {
    const acknowledged: number[] = [];
    for (let round = 0; round < 5; round++) {
      const { answer, end } = await startHost(folder);
      const client = new pg.Client({ connectionString: answer.url });
      client.on('error', () => {});
      await client.connect();
      await client.query('CREATE TABLE IF NOT EXISTS story AS SELECT 0 AS n');
      const deadline = Date.now() + 150;
      const storm = (async () => {
        for (;;) {
          acknowledged.push((await client.query<{ n: number }>(insert)).rows[0]?.n ?? -1);
        }
      })().catch(() => {});
      while (Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      process.kill(answer.pid, 'SIGKILL');
      await end('SIGKILL');
      await storm;
    }
    const server = await start({ durability: 'full' });
    const rows = await ask<{ n: number }>(server.url('postgres'), 'SELECT n FROM story WHERE n > 0 ORDER BY n');
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(rows.map((row) => row.n)).toEqual(expect.arrayContaining(acknowledged));
  });

  test('R11 · of the database alone: it is back on the same port without a restart', async () => {
    const lines: string[] = [];
    const server = await start({ durability: 'full', log: (line) => lines.push(line) });
    await ask(server.url('postgres'), 'CREATE TABLE story AS SELECT 1 AS n');
    const killed = server.pid();
    process.kill(killed ?? 0, 'SIGKILL');
    await expect
      .poll(() => ask(server.url('postgres'), 'SELECT n FROM story').catch(() => undefined), { timeout: 10_000 })
      .toEqual([{ n: 1 }]);
    expect(server.pid()).not.toBe(killed);
    expect(lines).toContain('The database server is back.');
  });

  test('of the database while it is being stopped: stop still means stopped', async () => {
    const server = await start();
    process.kill(server.pid() ?? 0, 'SIGKILL');
    // Long enough for the next server to be on its way.
    await new Promise((resolve) => setTimeout(resolve, 130));
    await server.stop();
    expect(isAlive(server.pid() ?? 0)).toBe(false);
    expect(existsSync(join(folder, 'acorn.lock'))).toBe(false);
    await expect(ask(server.url('postgres'), 'SELECT 1')).rejects.toThrow();
  });

  test('leaves a stale postmaster.pid whose number somebody else has now: no obstacle', async () => {
    const host = await startHost(folder, { path: '/nonexistent' });
    process.kill(host.answer.pid, 'SIGSTOP');
    await host.end('SIGKILL');
    process.kill(host.answer.pid, 'SIGKILL');
    const pidFile = join(folder, 'cluster', 'postmaster.pid');
    await expect.poll(() => isAlive(host.answer.pid)).toBe(false);
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.ppid)));
    const server = await start();
    expect(await ask(server.url('postgres'), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(isAlive(process.ppid)).toBe(true);
  });
});
