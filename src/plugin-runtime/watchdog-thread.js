// The thread behind watchdog.ts. It looks at the main thread through the debugger, which can stop a loop to ask where it is.
import { writeSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';
import pg from 'pg';

const { beats, beat, longest, databaseUrl, whoRuns, switchOffStatement, options } = workerData;
/** Our own patience while the main thread is asked, or the database is. */
const patience = 5_000;

let last = -1;
let silent = 0;
for (;;) {
  await sleep(beat);
  const now = Atomics.load(beats, 0);
  // Counted in rounds of our own: a machine that slept, or a process that was stopped, has been silent for no round.
  silent = now === last ? silent + 1 : 0;
  last = now;
  if (silent * beat < longest) continue;
  silent = 0;
  const found = await Promise.race([whereItLoops(), sleep(patience)]);
  if (found === undefined || Atomics.load(beats, 0) !== now) continue;
  const reason = `it kept the process busy for more than ${longest / 1_000} s, in ${found.place}`;
  await Promise.race([switchOff(found.plugin, reason), sleep(patience)]).catch(() => {});
  writeSync(
    2,
    `The plugin ${found.plugin} is switched off: ${reason}. Acorn ends here; started again, it goes on without the plugin.\n`,
  );
  process.kill(process.pid, 'SIGKILL');
}

/** The plugin whose code the main thread is in, and where; nothing when it is not a plugin's. Leaves the thread running. */
async function whereItLoops() {
  const session = new Session();
  session.connectToMainThread();
  try {
    const urls = new Map();
    session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
    const paused = new Promise((resolve) =>
      session.once('Debugger.paused', ({ params }) => resolve(params.callFrames)),
    );
    await session.post('Debugger.enable');
    await session.post('Debugger.pause');
    const [frame] = await paused;
    const { result } = await session.post('Debugger.evaluateOnCallFrame', {
      callFrameId: frame.callFrameId,
      expression: `globalThis[${JSON.stringify(whoRuns)}]?.()`,
    });
    await session.post('Debugger.resume');
    if (typeof result.value !== 'string') return undefined;
    return { plugin: result.value, place: placeOf(frame.functionName, urls.get(frame.location.scriptId)) };
  } finally {
    session.disconnect();
  }
}

/** No line: what runs was made from what was written, and its lines are others. */
function placeOf(name, url) {
  const file = url?.startsWith('file:') ? fileURLToPath(url).split(/[\\/]/).slice(-2).join('/') : undefined;
  return `${name || 'a function without a name'}${file === undefined ? '' : ` (${file})`}`;
}

async function switchOff(plugin, reason) {
  const client = new pg.Client({ connectionString: databaseUrl, options, connectionTimeoutMillis: patience });
  client.on('error', () => {});
  await client.connect();
  await client.query(switchOffStatement, [plugin, reason]);
  await client.end();
}
