/**
 * A process that delivers, to be killed by tests: `working.ts <database url>`. It is what the server runs, without
 * the rest of the server.
 */
import { allScopes } from '../../../schema/scopes.ts';
import { hangBell } from '../../../src/change-log/bell-listen.ts';
import { openChangeLog } from '../../../src/change-log/open.ts';
import { openDirectory } from '../../../src/server/directory.ts';
import { openLeases } from '../../../src/server/leases.ts';
import { createLog } from '../../../src/server/log.ts';
import { openWebhooks } from '../../../src/server/webhooks.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { testKey } from './key.ts';

const [url = ''] = process.argv.slice(2);
const database = openDatabase(url);
const bell = hangBell(database);
openWebhooks({
  config: {
    webhooks: { allowHttp: true, allowPrivateAddresses: true },
    secretKeys: [testKey],
    databaseUrl: url,
    dataFolder: '',
  },
  database,
  directory: openDirectory(database, allScopes),
  changeLog: await openChangeLog(database, { bell }),
  bell,
  leases: openLeases(database),
  log: createLog({ level: 'info', write: (line) => process.stderr.write(line) }).log,
});
console.log('delivering');
