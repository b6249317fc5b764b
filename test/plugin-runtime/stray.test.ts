import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const script = fileURLToPath(new URL('./support/strays.ts', import.meta.url));
const leave = (...given: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', tsx, script, ...given], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

test.each(['rejection', 'exception'])("a plugin's %s that nobody waits for ends nothing", (what) => {
  expect(leave('plugin', what)).toEqual({ status: 0, stdout: 'leaky: left behind\nalive\n', stderr: '' });
});

test.each(['rejection', 'exception'])("the core's own %s ends the process with its stack, as before", (what) => {
  expect(leave('core', what)).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('Error: left behind\n    at '),
  });
});
