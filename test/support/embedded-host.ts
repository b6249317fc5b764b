/**
 * A process that owns an embedded database, to be killed by tests in every way a process can end.
 * `embedded-host.ts <data folder> [port]` prints one line of JSON when it is ready or refused, and stops on SIGTERM.
 */
import { OperatorError } from '../../src/base/operator-error.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

const [dataDir = '', port] = process.argv.slice(2);
const logged: string[] = [];
try {
  const server = await startEmbeddedPostgres({
    dataDir,
    ...(port === undefined ? {} : { port: Number(port) }),
    log: (line) => logged.push(line),
  });
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  console.log(JSON.stringify({ url: server.url('postgres'), port: server.port, pid: server.pid(), logged }));
} catch (error) {
  if (!(error instanceof OperatorError)) {
    throw error;
  }
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
