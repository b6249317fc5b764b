import { execSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Case, type Effort, type Figures, measure, processors } from './feed/measure.ts';
import { orderNumber } from './feed/question.ts';
import { report } from './feed/report.ts';
import { openBenchWorld } from './feed/world.ts';

// What it costs to tell many: "npm run bench:feed". One gateway at a time, real PostgreSQL, real websockets, listeners in
// a process of their own. Beside Acorn, in the same run: a raw websocket broadcast of a ready text, and Mercurius.
// "npm run bench:feed -- --quick" is a small run to see that it works; its figures mean little and are not kept.

const quick = process.argv.includes('--quick');
const crowds = quick ? [100, 400] : [1_000, 5_000];
const groups = quick ? [10, 100] : [10, 100, 1_000];
const effort: Effort = quick
  ? { ratePerSecond: 2_000, rateSeconds: 2, fullSeconds: 1 }
  : { ratePerSecond: 20_000, rateSeconds: 6, fullSeconds: 5 };
/** With groups, every change is executed once for each: the rate is what a busy day is, not what one group can take. */
const groupEffort: Effort = { ...effort, ratePerSecond: effort.ratePerSecond / 4, fullSeconds: 3 };
const mostListeners = Math.max(...crowds);
const socketsOfOneKey = 50;
/** What has not begun by then is left out, so that there are figures of the rest within five minutes. */
const latestStartMillis = 260_000;

const openFiles = Number(execSync('ulimit -n', { shell: '/bin/sh', encoding: 'utf8' }).replace('unlimited', '1e9'));
if (openFiles < mostListeners + 500) {
  process.stderr.write(
    `${mostListeners} listeners need more open files than this shell allows (${openFiles}).\n` +
      `Raise the limit and start again: ulimit -n ${mostListeners * 2} && npm run bench:feed\n`,
  );
  process.exit(1);
}
const withRival = existsSync(fileURLToPath(new URL('./node_modules/mercurius', import.meta.url)));
if (!withRival) process.stderr.write('Mercurius is not installed and is left out: npm ci --prefix bench\n');

const pinned = process.platform === 'linux' && cpus().length > 1 && canPin();
if (pinned) execSync(`taskset -a -p -c ${processors.measuring} ${process.pid}`, { stdio: 'ignore' });
const loadBefore = loadavg()[0] ?? 0;
const world = await openBenchWorld(Math.ceil(mostListeners / socketsOfOneKey));
const figures: Figures[] = [];
const batched: Figures[] = [];
const failures: string[] = [];
try {
  let last = 0;
  const acorn = async (listeners: number, count: number, maxBatch: number, how: Effort): Promise<Figures> => {
    const questions = Array.from({ length: count }, (_, n) => ({
      // Every question is another, and all of them let everything through.
      filter: { orderNumbers: [orderNumber, `GROUP${n}`] },
      maxBatch,
    }));
    const one: Case = {
      server: 'acorn',
      listeners,
      apiKeys: world.apiKeys,
      questions,
      environment: { BENCH_DATABASE_URL: world.databaseUrl },
      commit: (n) => {
        last = n;
        return world.commit(n);
      },
      begin: last,
    };
    return measure(one, how, pinned);
  };
  const rival = (server: 'raw' | 'mercurius', listeners: number): Promise<Figures> =>
    measure(
      { server, listeners, apiKeys: [], questions: [{ maxBatch: 1 }], environment: {}, commit: undefined, begin: 0 },
      effort,
      pinned,
    );
  for (const listeners of crowds) {
    await into(figures, `raw, ${listeners} listeners`, () => rival('raw', listeners));
    if (withRival) await into(figures, `mercurius, ${listeners} listeners`, () => rival('mercurius', listeners));
    await into(figures, `acorn, ${listeners} listeners`, () => acorn(listeners, 1, 1, effort));
  }
  const fewest = crowds[0] ?? 0;
  await into(batched, 'acorn, batches of 100', () => acorn(fewest, 1, 100, effort));
  for (const count of groups) {
    await into(figures, `acorn, ${count} questions`, () => acorn(fewest, count, 1, groupEffort));
  }
} finally {
  await world.stop();
}

const text = report(figures, batched, failures, {
  processors: cpus().length,
  gigabytes: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  pinned,
  loadBefore,
  ratePerSecond: effort.ratePerSecond,
  groupRatePerSecond: groupEffort.ratePerSecond,
});
process.stdout.write(`\n${text}`);
if (!quick) writeFileSync(fileURLToPath(new URL('./FEED.md', import.meta.url)), text);

/** Measure one more; what cannot be measured is said, and the others are measured all the same. */
async function into(kept: Figures[], name: string, run: () => Promise<Figures>): Promise<void> {
  try {
    if (performance.now() > latestStartMillis) throw new Error('the time was up');
    kept.push(show(await run()));
  } catch (thrown) {
    const failure = `${name}: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    process.stderr.write(`${failure}\n`);
    failures.push(failure);
  }
}

function show(found: Figures): Figures {
  const { server, listeners, questions, messagesPerSecond, steadyPerSecond, p50, p99, closed, missing } = found;
  process.stderr.write(
    `${server}, ${listeners} listeners, ${questions} questions: ${Math.round(messagesPerSecond)} messages/s, ` +
      `at a steady ${Math.round(steadyPerSecond)} p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms` +
      `${closed === 0 ? '' : `, ${closed} CLOSED`}${missing === 0 ? '' : `, ${missing} MISSING`}\n`,
  );
  return found;
}

function canPin(): boolean {
  try {
    execSync('taskset -p 1', { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
