import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, judgeLater, must } from '../../seams/laws/law.ts';

const law = { number: 'T1', says: 'Its own tests pass.' };
const limitMillis = 120_000;

/** Run a plugin's `*.test.ts` with the runner that is part of Node, in a process of their own. */
export function ownTestFindings(id: string, folder: string | undefined): Promise<Finding> {
  return judgeLater(id, law, async () => {
    if (folder === undefined) return 'its folder is not known';
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .map((file) => join(folder, file))
      .sort();
    if (files.length === 0) return 'it has none of the kind *.test.ts beside it';
    const { code, output } = await run([
      '--import',
      import.meta.resolve('tsx'),
      '--import',
      import.meta.resolve('../plugin-tests.ts'),
      '--test',
      ...files,
    ]);
    must(code === 0, `of ${files.length} files of tests some fail:\n${failures(output)}`);
    return undefined;
  });
}

function run(given: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    // A runner within a runner would report to the outer one instead of to us.
    const { NODE_TEST_CONTEXT: _outer, ...environment } = process.env;
    execFile(process.execPath, [...given], { timeout: limitMillis, env: environment }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

/** What failed and why, without what passed. */
function failures(output: string): string {
  const lines = output
    .split('\n')
    .filter((line) => !/^\s*(✔|# |ok |ℹ|---|\.\.\.|duration_ms)/.test(line) && line.trim() !== '');
  return lines.slice(0, 40).join('\n');
}
