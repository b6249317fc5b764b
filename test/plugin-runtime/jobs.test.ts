import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Job, Plugin } from '../../src/seams/plugin.ts';
import { type TestWorld, testWorld } from '../support/world.ts';
import { aPlugin, type Running, run as runIn, until } from './support/plugins.ts';

let world: TestWorld;
let owner: pg.Client;
const running: Running[] = [];
beforeAll(async () => {
  world = await testWorld();
  owner = new pg.Client({ connectionString: world.url });
  await owner.connect();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ runtime }) => runtime.stop()));
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const run = async (...plugins: readonly Plugin[]): Promise<Running> => {
  const started = await runIn(world, plugins);
  running.push(started);
  return started;
};
const withJob = (id: string, job: Partial<Job> & Pick<Job, 'run'>): Plugin =>
  aPlugin({ id, jobs: [{ name: 'job', everySeconds: 0.05, deadlineSeconds: 1, ...job }] });
const sleep = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));
const state = async (id: string) =>
  (
    await owner.query(
      'select "runs"::int, "failures", "problem", "endedAt" is null as running from "PluginJob" where "pluginId" = $1',
      [id],
    )
  ).rows[0];

test('a job runs again and again, never beside itself, whoever many gateways there are', async () => {
  let [runs, now, most] = [0, 0, 0];
  const plugin = withJob('ticks', {
    run: async () => {
      now += 1;
      most = Math.max(most, now);
      await sleep(30);
      now -= 1;
      runs += 1;
    },
  });
  await Promise.all([run(plugin), run(plugin), run(plugin)]);
  await until(
    () => runs,
    (count) => count >= 5,
  );
  expect(most).toBe(1);
});

test('a run that was missed happens once, now, and the next one after the whole pause', async () => {
  let runs = 0;
  const plugin = withJob('missed', {
    everySeconds: 60,
    run: async () => {
      runs += 1;
    },
  });
  const first = await run(plugin);
  await until(
    () => state('missed'),
    (job) => job?.running === false,
  );
  await first.runtime.stop();
  // Down for an hour: sixty runs were missed.
  await owner.query(
    `update "PluginJob" set "nextAt" = "nextAt" - interval '1 hour', "endedAt" = "endedAt" - interval '1 hour' where "pluginId" = 'missed'`,
  );
  await run(plugin);
  await until(
    () => runs,
    (count) => count === 2,
  );
  await sleep(400);
  expect(runs).toBe(2);
});

test('a run whose process was killed is due again at once', async () => {
  let runs = 0;
  const plugin = withJob('killed', {
    everySeconds: 3_600,
    run: async () => {
      runs += 1;
    },
  });
  const first = await run(plugin);
  await until(
    () => state('killed'),
    (job) => job?.running === false,
  );
  await first.runtime.stop();
  // What a process leaves that dies while the job runs.
  await owner.query(`update "PluginJob" set "endedAt" = null, "nextAt" = "startedAt" where "pluginId" = 'killed'`);
  await run(plugin);
  await until(
    () => runs,
    (count) => count === 2,
  );
});

test('a job that throws is told on the board, runs less often, and is well again after a success', async () => {
  let broken = true;
  const started = await run(
    withJob('throws', {
      run: async () => {
        if (broken) throw new Error('no answer from the bank');
      },
    }),
    withJob('well', { run: async () => {} }),
  );
  const status = (id: string) => started.runtime.board.list().find((each) => each.id === id);
  await until(
    () => status('throws')?.problems[0]?.message,
    (message) => message !== undefined,
  );
  expect(status('throws')).toMatchObject({
    health: 'DEGRADED',
    problems: [
      { part: 'job', name: 'job', message: expect.stringMatching(/^failed .*, last: no answer from the bank$/) },
    ],
  });
  expect(status('well')).toMatchObject({ health: 'OK', problems: [] });
  broken = false;
  await until(
    () => status('throws')?.health,
    (health) => health === 'OK',
  );
  expect(await state('throws')).toMatchObject({ failures: 0, problem: null });
});

test('at its deadline a job is told to stop by the signal; one that does not listen is not started again', async () => {
  let [told, polite, deaf, others] = [0, 0, 0, 0];
  const started = await run(
    withJob('polite', {
      deadlineSeconds: 0.05,
      run: async (_services, signal) => {
        polite += 1;
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        told += 1;
      },
    }),
    withJob('deaf', {
      deadlineSeconds: 0.05,
      run: () => {
        deaf += 1;
        return new Promise<void>(() => {});
      },
    }),
    withJob('others', {
      run: async () => {
        others += 1;
      },
    }),
  );
  await until(
    () => polite,
    (count) => count >= 2,
  );
  expect(told).toBeGreaterThanOrEqual(1);
  await until(
    () => state('deaf'),
    (job) => job?.problem === 'it has not come back from an earlier run',
  );
  expect(deaf).toBe(1);
  const before = others;
  await until(
    () => others,
    (count) => count > before + 2,
  );
  expect(started.runtime.board.list().map(({ id, health }) => [id, health])).toEqual([
    ['polite', 'DEGRADED'],
    ['deaf', 'DEGRADED'],
    ['others', 'OK'],
  ]);
});

test('stopping tells the job at hand, and does not call that a failure', async () => {
  let aborted = false;
  const plugin = withJob('stopped', {
    deadlineSeconds: 60,
    run: (_services, signal) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(new Error('interrupted'));
        });
      }),
  });
  const started = await run(plugin);
  await until(
    () => state('stopped'),
    (job) => job?.running === true,
  );
  await started.runtime.stop();
  expect(aborted).toBe(true);
  expect(await state('stopped')).toMatchObject({ failures: 0, problem: null, running: true });
});
