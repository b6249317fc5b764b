/** A process in which a plugin, or the core, leaves something behind that fails: `strays.ts plugin|core rejection|exception`. */
import { asPlugin } from '../../../src/plugin-host/running.ts';
import { catchStrays } from '../../../src/plugin-runtime/stray.ts';

const [whose, what] = process.argv.slice(2);
catchStrays((plugin, problem) => process.stdout.write(`${plugin}: ${problem}\n`));
const leave = () => {
  if (what === 'rejection') void Promise.reject(new Error('left behind'));
  else
    setTimeout(() => {
      throw new Error('left behind');
    }, 1);
};
if (whose === 'plugin') asPlugin('leaky', leave);
else leave();
setTimeout(() => process.stdout.write('alive\n'), 50);
