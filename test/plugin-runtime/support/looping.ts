/** A process with a plugin, or the core, that loops without end: `looping.ts URL plugin|later|core`. Lives until it is killed. */
import { asPlugin } from '../../../src/plugin-host/running.ts';
import { startWatchdog } from '../../../src/plugin-runtime/watchdog.ts';

const [databaseUrl = '', whose] = process.argv.slice(2);
startWatchdog({ databaseUrl, longest: 1_500 });

function neverReturns() {
  const until = whose === 'core' ? Date.now() + 4_000 : Number.POSITIVE_INFINITY;
  while (Date.now() < until);
}
const begin = async () => {
  if (whose === 'later') await new Promise((resolve) => setTimeout(resolve, 20));
  neverReturns();
  process.stdout.write('went on\n');
  process.exit(0);
};
setTimeout(() => void (whose === 'core' ? begin() : asPlugin('loops', begin)), 500);
