import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { fromMillis, instant } from '../../src/base/instant.ts';
import type { Health, Plugin } from '../../src/seams/plugin.ts';
import { switchPluginCommand } from '../../src/server/commands/plugin-state.ts';
import { createLog } from '../../src/server/log.ts';
import { bringPluginsUp, secretsOf } from '../../src/server/plugin-runtime.ts';
import { switchPlugin } from '../../src/store/plugin-switches.ts';
import { type TestWorld, testWorld } from '../support/world.ts';
import {
  aPlugin,
  migrations,
  notes,
  quick,
  type Running,
  removeFolders,
  run as runIn,
  until,
} from './support/plugins.ts';

let world: TestWorld;
const running: Running[] = [];
beforeAll(async () => {
  world = await testWorld();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ runtime }) => runtime.stop()));
});
afterAll(async () => {
  await world.close();
  removeFolders();
});

const run = async (...plugins: readonly Plugin[]): Promise<Running> => {
  const started = await runIn(world, plugins);
  running.push(started);
  return started;
};
const board = ({ runtime }: Running) => runtime.board.list().map(({ id, health }) => `${id} ${health}`);
const problems = ({ runtime }: Running, id: string) =>
  runtime.board
    .list()
    .find((each) => each.id === id)
    ?.problems.map(({ part, message }) => `${part}: ${message}`) ?? [];
const now = instant('2026-11-23T12:00:00Z');
const never = () => new Promise<never>(() => {});

/** Writes down when it starts and stops. */
const logged = (id: string, log: string[], lifecycle: Plugin['lifecycle'] = {}): Plugin =>
  aPlugin({
    id,
    lifecycle: {
      onStart: async (services) => {
        log.push(`start ${id}`);
        await lifecycle.onStart?.(services);
      },
      onStop: async (services) => {
        log.push(`stop ${id}`);
        await lifecycle.onStop?.(services);
      },
    },
  });

test('plugins start in order and stop in reverse, with the configuration that is theirs', async () => {
  const log: string[] = [];
  const config: unknown[] = [];
  const started = await run(
    logged('life-a', log, { onStart: async (services) => void config.push(services.config) }),
    logged('life-b', log),
    logged('life-c', log),
  );
  expect(board(started)).toEqual(['life-a OK', 'life-b OK', 'life-c OK']);
  await started.runtime.stop();
  await started.runtime.stop();
  expect(log).toEqual(['start life-a', 'start life-b', 'start life-c', 'stop life-c', 'stop life-b', 'stop life-a']);
  expect(config).toEqual([{ tone: 'kind' }]);
});

test('what is stopped stays stopped, whatever was being looked up at that moment', async () => {
  const log: string[] = [];
  const starts = Array.from({ length: 8 }, async (_, i) => {
    const { runtime } = await runIn(world, [logged('brief', log)], { ...quick, poll: 1 });
    await new Promise((resolve) => setTimeout(resolve, 20 + i * 3));
    await runtime.stop();
  });
  await Promise.all(starts);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(log.filter((line) => line === 'start brief')).toHaveLength(8);
  expect(log.filter((line) => line === 'stop brief')).toHaveLength(8);
});

test('one that throws or hangs at its start fails alone, has no jobs, and is tried again', async () => {
  const log: string[] = [];
  let ready = false;
  let jobs = 0;
  const thrower = {
    ...logged('late-comer', log, {
      onStart: async () => {
        if (!ready) throw new Error('the port is taken');
      },
    }),
    jobs: [
      {
        name: 'job',
        everySeconds: 60,
        deadlineSeconds: 1,
        run: async () => {
          jobs += 1;
        },
      },
    ],
  };
  const started = await run(thrower, logged('hanger', log, { onStart: never }), logged('fine', log));
  expect(board(started)).toEqual(['late-comer FAILED', 'hanger FAILED', 'fine OK']);
  expect(problems(started, 'late-comer')).toEqual(['start: the port is taken']);
  expect(problems(started, 'hanger')).toEqual(['start: it did not come back within 300 ms']);
  expect(jobs).toBe(0);
  ready = true;
  await until(
    () => jobs,
    (count) => count === 1,
  );
  expect(board(started)[0]).toBe('late-comer OK');
});

test('one that hangs when it stops does not keep the others from stopping, nor the gateway', async () => {
  const log: string[] = [];
  const started = await run(logged('first', log), logged('sticky', log, { onStop: never }), logged('last', log));
  const before = performance.now();
  await started.runtime.stop();
  expect(performance.now() - before).toBeLessThan(2_500);
  expect(log.slice(3)).toEqual(['stop last', 'stop sticky', 'stop first']);
});

test('health is asked again and again, with a deadline; what throws, hangs or says nothing has failed', async () => {
  let said: () => Promise<Health> = async () => ({ status: 'OK' });
  const started = await run(aPlugin({ id: 'asked', health: () => said() }), aPlugin({ id: 'not-asked' }));
  const becomes = (health: string) =>
    until(
      () => board(started)[0],
      (line) => line === `asked ${health}`,
    );
  await becomes('OK');
  said = async () => ({ status: 'DEGRADED', problem: 'The bank answers slowly: nothing to do.' });
  await becomes('DEGRADED');
  expect(problems(started, 'asked')).toEqual(['health: The bank answers slowly: nothing to do.']);
  said = () => Promise.reject(new Error('boom'));
  await becomes('FAILED');
  said = async () => ({ status: 'OK' });
  await becomes('OK');
  expect(problems(started, 'asked')).toEqual([]);
  said = async () => 'well' as unknown as Health;
  await becomes('FAILED');
  expect(problems(started, 'asked')).toEqual(['health: its health is none that there is: answer { status: "OK" }']);
  let calls = 0;
  said = () => {
    calls += 1;
    return never();
  };
  await until(
    () => problems(started, 'asked'),
    ([problem]) => problem === 'health: it did not come back within 200 ms',
  );
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(calls).toBe(1);
  expect(board(started)[1]).toBe('not-asked OK');
});

test('switched off and on while it runs: every gateway sees it within two seconds, nothing is restarted', async () => {
  const log: string[] = [];
  let jobs = 0;
  const plugin = {
    ...logged('switched', log),
    jobs: [
      {
        name: 'job',
        everySeconds: 0.02,
        deadlineSeconds: 1,
        run: async () => {
          jobs += 1;
        },
      },
    ],
  };
  const gateways = await Promise.all([run(plugin, aPlugin({ id: 'stays' })), run(plugin)]);
  const enabled = () => gateways.map(({ runtime }) => runtime.switch.isEnabled('switched'));
  await until(
    () => jobs,
    (count) => count > 2,
  );
  const said: string[] = [];
  const call = {
    platform: { database: world.database, databaseUrl: world.url },
    installed: ['stays', 'switched'],
    terminal: { screen: { isTTY: false, columns: 80, write: (text: string) => said.push(text) } },
  };
  await expect(switchPluginCommand(call, 'swiched', false)).rejects.toThrow(
    'there is no plugin "swiched" here: write one of stays, switched',
  );

  await switchPluginCommand(call, 'switched', false);
  await until(enabled, (all) => all.every((each) => !each), 2_000);
  await until(
    () => log.filter((line) => line === 'stop switched').length,
    (count) => count === 2,
  );
  expect(gateways.map(board)).toEqual([['switched DISABLED', 'stays OK'], ['switched DISABLED']]);
  const ran = jobs;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(jobs).toBe(ran);
  // A gateway that starts now has it switched off from the first moment.
  const third = await run(plugin);
  expect([third.runtime.switch.isEnabled('switched'), board(third)]).toEqual([false, ['switched DISABLED']]);

  await switchPluginCommand(call, 'switched', true);
  await until(enabled, (all) => all.every((each) => each), 2_000);
  await until(
    () => jobs,
    (count) => count > ran,
  );
  expect(said.map((line) => line.split(':')[0])).toEqual([
    'switched is switched off',
    'switched is switched on. Running gateways see it within two seconds.\n',
  ]);
});

test('what a plugin leaves behind, a promise or a timer that fails, ends nothing but is told with its name', async () => {
  let others = 0;
  const started = await run(
    aPlugin({
      id: 'leaks',
      lifecycle: {
        onStart: async () => {
          void Promise.reject(new Error('nobody waits for me'));
          setTimeout(() => {
            throw new Error('nobody catches me');
          }, 20);
        },
      },
    }),
    aPlugin({
      id: 'beside',
      jobs: [
        {
          name: 'job',
          everySeconds: 0.02,
          deadlineSeconds: 1,
          run: async () => {
            others += 1;
          },
        },
      ],
    }),
  );
  await until(
    () => problems(started, 'leaks'),
    ([problem]) => problem === 'stray: something nobody waits for failed: nobody catches me',
  );
  expect(started.warnings.map(({ facts }) => facts)).toEqual(
    expect.arrayContaining([
      { plugin: 'leaks', problem: 'nobody waits for me' },
      { plugin: 'leaks', problem: 'nobody catches me' },
    ]),
  );
  const before = others;
  await until(
    () => others,
    (count) => count > before + 2,
  );
  expect(board(started)).toEqual(['leaks DEGRADED', 'beside OK']);
});

test('a plugin that throws what is no error, or an error that cannot be told, is told of all the same', async () => {
  const odd = (id: string, thrown: unknown) => aPlugin({ id, lifecycle: { onStart: () => Promise.reject(thrown) } });
  const untellable = Object.create(Error.prototype, {
    message: {
      get: () => {
        throw new Error('no');
      },
    },
  });
  const started = await run(
    odd('throws-nothing', undefined),
    odd('throws-untellable', untellable),
    aPlugin({ id: 'bystander' }),
  );
  expect(problems(started, 'throws-nothing')).toEqual(['start: undefined']);
  expect(problems(started, 'throws-untellable')).toEqual(['start: it threw something that cannot be told']);
  expect(board(started)[2]).toBe('bystander OK');
});

test('a gateway brings tables and plugins up, hides their secrets, and names what is left over', async () => {
  const [said, lines]: [string[], string[]] = [[], []];
  const acornLog = createLog({ level: 'info', write: (line) => lines.push(line) });
  const token = 'a-very-secret-token';
  const plugin = aPlugin({
    id: 'whole',
    migrations: migrations(notes),
    config: { secrets: ['credentials.token', 'not.there'] },
    lifecycle: { onStart: async ({ log }) => log.info(`connected with ${token}`) },
  });
  const bring = (plugins: readonly Plugin[]) =>
    bringPluginsUp({
      platform: { database: world.database, databaseUrl: world.url },
      composition: { plugins, configOf: () => ({ credentials: { token } }) },
      acornLog,
      say: (line) => said.push(line),
      now: () => fromMillis(Date.UTC(2026, 10, 23)),
    });
  const first = await bring([plugin]);
  await first.started;
  await first.stop();
  const second = await bring([]);
  await second.stop();
  expect(said).toEqual([
    expect.stringMatching(/^Applied migration 20260101_notes of plugin whole in \d+ ms\.$/),
    'The plugin whole is not installed any more, and its tables are still here: "acorn plugin remove whole" drops them.',
  ]);
  expect(lines.join('')).toContain('connected with [hidden]');
  expect(lines.join('')).not.toContain(token);
  expect(secretsOf(plugin, null)).toEqual([]);
});

test('a database that is away stops nobody: the switches stay as they are, and are followed again', async () => {
  const started = await run(aPlugin({ id: 'lasting' }));
  const { database, url } = world;
  const name = new URL(url).pathname.slice(1);
  const server = new pg.Client({ connectionString: inject('serverUrl') });
  await server.connect();
  await server.query(`alter database ${name} with allow_connections false`);
  await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await until(
    () => started.warnings.map(({ message }) => message),
    (all) => all.includes('cannot see which plugins are switched off'),
  );
  expect([started.runtime.switch.isEnabled('lasting'), board(started)]).toEqual([true, ['lasting OK']]);
  await server.query(`alter database ${name} with allow_connections true`);
  await server.end();
  await until(
    () =>
      switchPlugin(database, 'lasting', false, now).then(
        () => true,
        () => false,
      ),
    (done) => done,
  );
  await until(
    () => started.runtime.switch.isEnabled('lasting'),
    (enabled) => !enabled,
    2_000,
  );
});
