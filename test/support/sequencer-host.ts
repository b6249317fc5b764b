/**
 * A process that runs a sequencer and nothing else, to be killed and frozen by tests. `sequencer-host.ts <database url>`
 * prints a line when it leads and when something goes wrong, and stops on SIGTERM.
 */
import { startSequencer } from '../../src/change-log/sequencer.ts';
import { openDatabase } from '../../src/store/database.ts';

const [url = ''] = process.argv.slice(2);
const database = openDatabase(url);
const sequencer = startSequencer(database, {
  onLeading: () => console.log('leading'),
  onTrouble: (cause) => console.log(`trouble: ${cause instanceof Error ? cause.message : String(cause)}`),
});
process.once('SIGTERM', () => void sequencer.stop().then(() => process.exit(0)));
console.log('standing by');
