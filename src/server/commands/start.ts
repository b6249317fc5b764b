import { examples } from '../../../examples/index.ts';
import { banner } from '../banner.ts';
import type { Command, Terminal } from '../cli.ts';
import { composeInstallation } from '../composition.ts';
import type { Configuration } from '../config.ts';
import { type Demo, prepareDemo } from '../demo.ts';
import { demoPage } from '../graphiql.ts';
import { type AcornLog, createLog } from '../log.ts';
import { registerAccounts, wallClock } from '../platform.ts';
import { fromConfiguration, type Prepared, startAcorn, stopMillis, timeOf } from '../start.ts';

/** Seconds between two looks at each simulated vendor: often, so that the feed keeps moving. */
const demoPollSeconds = 5;

/** `acorn start`: up, a banner, and down again when asked. */
export const start: Command = async ({ values, config, terminal }) => {
  const isDemo = values.demo === true;
  const acornLog = createLog({
    // The demo's terminal belongs to its banner; a service's belongs to its log.
    level: config.logLevel ?? (isDemo ? 'warn' : 'info'),
    secrets: config.secrets,
    human: terminal.screen.isTTY,
    write: (line) => terminal.screen.write(line),
  });
  const { log } = acornLog;
  const composition = await composeInstallation(config.plugins, terminal.folder);
  for (const { plugin, message } of composition.notices) log.warn({ plugin }, message);
  const { write } = terminal.screen;
  const say = (line: string) => (isDemo ? write(`${line}\n`) : log.info(line));

  const interruption = new AbortController();
  void terminal.interrupted.then(() => interruption.abort());
  let demo: Demo | undefined;
  let acorn: Awaited<ReturnType<typeof startAcorn>>;
  try {
    acorn = await startAcorn({
      config,
      acornLog,
      composition,
      say,
      prepare: async (database) => {
        if (!isDemo) {
          return fromConfiguration(
            await registerAccounts(database, config.accounts, composition, wallClock),
            config.pollSeconds,
          );
        }
        demo = await prepareDemo(database, config, composition, log);
        try {
          return await prepared(demo, config, terminal, acornLog, interruption.signal);
        } catch (error) {
          await demo.stop();
          throw error;
        }
      },
    });
  } catch (error) {
    if (interruption.signal.aborted) return 0;
    throw error;
  }

  // Since the process began, so that it is what the person waited.
  const seconds = performance.now() / 1_000;
  if (isDemo) write(banner({ url: acorn.url, apiKey: demo?.apiKey, simulated: demo?.simulator.clock, seconds }));
  else log.info({ url: acorn.url, accounts: config.accounts.length, seconds: Number(seconds.toFixed(2)) }, 'ready');

  await terminal.interrupted;
  if (isDemo) write('\nStopping. Your data stays.\n');
  // Whatever hangs, the process ends in time; what was answered is safe in the database.
  setTimeout(() => process.exit(1), stopMillis).unref();
  await acorn.stop();
  log.info('stopped');
  return 0;
};

async function prepared(
  demo: Demo,
  config: Configuration,
  terminal: Terminal,
  { hide }: AcornLog,
  signal: AbortSignal,
): Promise<Prepared> {
  hide(demo.apiKey);
  for (const { settings } of demo.accounts) {
    for (const value of Object.values(settings as Record<string, unknown>)) {
      if (typeof value === 'string' && !value.startsWith('http')) hide(value);
    }
  }
  if (demo.waiting.length > 0) {
    terminal.screen.write(`Importing six months of ${demo.waiting.length} vendor accounts over HTTP:\n`);
    await demo.importHistory(terminal.screen, signal);
  }
  return {
    accounts: demo.accounts,
    pollMillis: (config.pollSeconds ?? demoPollSeconds) * 1_000,
    now: timeOf(demo.simulator.clock),
    graphiql: demoPage(demo.apiKey, examples(new Date(demo.simulator.clock.now()).toISOString())),
    stop: () => demo.stop(),
  };
}
