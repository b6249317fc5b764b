import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import { switchPlugin } from '../../src/store/plugin-switches.ts';
import { type TestWorld, testWorld } from '../support/world.ts';
import { aPlugin, run, until } from './support/plugins.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const script = fileURLToPath(new URL('./support/looping.ts', import.meta.url));

async function loop(whose: 'plugin' | 'later' | 'core') {
  const child = spawn(process.execPath, ['--import', tsx, script, world.url, whose], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tooLong = setTimeout(() => child.kill('SIGTERM'), 25_000);
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const [said, complained, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  clearTimeout(tooLong);
  return { said, complained, code, signal };
}

test.each(['plugin', 'later'] as const)(
  'a plugin that loops without end (%s) is switched off with its reason, and the process ends',
  async (whose) => {
    const { complained, signal } = await loop(whose);
    expect(signal).toBe('SIGKILL');
    expect(complained).toContain(
      'The plugin loops is switched off: it kept the process busy for more than 1.5 s, in neverReturns (support/looping.ts).',
    );

    // Started again, everything else runs, and the board says why this one does not.
    let runs = 0;
    const other = aPlugin({
      id: `goes-on-${whose}`,
      jobs: [
        {
          name: 'count',
          everySeconds: 60,
          deadlineSeconds: 5,
          run: async () => {
            runs += 1;
          },
        },
      ],
    });
    const { runtime } = await run(world, [aPlugin({ id: 'loops' }), other]);
    await until(
      () => runs,
      (count) => count > 0,
    );
    const status = runtime.board.list().find(({ id }) => id === 'loops');
    expect(status).toMatchObject({
      enabled: false,
      health: 'DISABLED',
      problems: [
        {
          part: 'loop',
          message:
            'it kept the process busy for more than 1.5 s, in neverReturns (support/looping.ts). Put it right, then run "acorn plugins enable loops"',
        },
      ],
    });
    await switchPlugin(world.database, 'loops', true, instant('2026-11-23T12:00:00Z'));
    await until(
      () => runtime.board.list().find(({ id }) => id === 'loops'),
      (now) => now?.enabled === true && now.problems.length === 0,
    );
    await runtime.stop();
  },
);

test('the core may be busy as long as it likes: nobody is switched off, and it goes on', async () => {
  expect(await loop('core')).toMatchObject({ said: 'went on\n', complained: '', code: 0 });
});
