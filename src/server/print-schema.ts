import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printed } from '../../schema/print.ts';
import { OperatorError } from '../base/operator-error.ts';
import { printLock } from '../plugin-host/lock.ts';
import { composeInstallation, treeLock } from './composition.ts';

const folder = fileURLToPath(new URL('../../', import.meta.url));
const sdlFile = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));

// What Acorn is with the plugins that come with it, in two files whose diff is the review: `npm run schema`.
try {
  const { schema, lock } = await composeInstallation({}, folder);
  writeFileSync(sdlFile, printed(schema));
  writeFileSync(treeLock, printLock(lock));
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
