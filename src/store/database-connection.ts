import pg from 'pg';
import { OperatorError } from '../base/operator-error.ts';

/** The oldest PostgreSQL whose SQL we use, as the server counts: 15.0. */
const oldestServer = 150_000;

/**
 * Connect once and leave: proof, before anything is built on it, that this database can be used.
 *
 * @param connectionString as an operator gave it; no error repeats its password
 */
export async function reachDatabase(connectionString: string): Promise<void> {
  await connected(connectionString, async (client) => {
    const { rows } = await client.query<{ version: string; name: string }>(
      "SELECT current_setting('server_version_num') AS version, current_setting('server_version') AS name",
    );
    if (Number(rows[0]?.version ?? 0) < oldestServer) {
      throw new OperatorError(
        'DATABASE_UNREACHABLE',
        `The database server at ${partsOf(connectionString).place} is PostgreSQL ${rows[0]?.name}, and Acorn needs PostgreSQL 15 or newer.`,
      );
    }
  });
}

/**
 * Work on one connection of its own, closed at the end. Not for the request path, which has a pool.
 *
 * Fails with `DATABASE_UNREACHABLE` when there is no connection; what `work` throws comes out as it is.
 */
export async function connected<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
    // A connection lost between two queries is reported here; the next query then fails and says so.
    client.on('error', () => {});
    await client.connect();
    return await work(client);
  } catch (error) {
    throw explainConnection(error, connectionString);
  } finally {
    await client?.end().catch(() => {});
  }
}

/**
 * One sentence for why a database could not be reached. Any other error, such as one of a query, comes back as
 * it is.
 */
export function explainConnection(error: unknown, connectionString: string): unknown {
  if (error instanceof OperatorError) {
    return error;
  }
  const { place, user, database } = partsOf(connectionString);
  const reason = reasonOf(error, user, database);
  return reason === undefined
    ? error
    : new OperatorError('DATABASE_UNREACHABLE', `Cannot use the database at ${place}: ${reason}.`, { cause: error });
}

function reasonOf(error: unknown, user: string, database: string): string | undefined {
  // A name with several addresses fails once per address; the first tells enough.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message = '' } = first as { code?: string; message?: string };
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no host of that name is known, so check the host in DATABASE_URL';
    case 'ECONNREFUSED':
      return 'nothing listens there, so start the database server or check the host and port in DATABASE_URL';
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'the host does not answer, so check the network and the host in DATABASE_URL';
    case 'ECONNRESET':
      return 'the server closed the connection at once, so check that it is PostgreSQL and whether it wants TLS (add "?sslmode=verify-full" to DATABASE_URL)';
    case 'ERR_INVALID_URL':
      return 'DATABASE_URL is not a connection string like postgres://user:password@host:5432/database';
    case '28P01':
      return `the password for user "${user}" is wrong, so check the user and password in DATABASE_URL`;
    case '28000':
      return `the server does not let user "${user}" in from here (${message}), so check the user in DATABASE_URL and the server's pg_hba.conf`;
    case '3D000':
      return `there is no database "${database}" on that server, so create it or check the name in DATABASE_URL`;
    case '42501':
      return message.includes('for database')
        ? `user "${user}" may not connect to database "${database}", so grant it CONNECT`
        : undefined;
    case '53300':
      return 'the server has no connection left, so raise its max_connections or stop another client';
    case '57P03':
      return 'the server is starting up or shutting down, so try again in a moment';
    default:
      return code === undefined ? byMessage(message) : undefined;
  }
}

/** Failures of the driver itself, which carry a message and no code. */
function byMessage(message: string): string | undefined {
  if (/timeout/i.test(message)) {
    return 'the host does not answer within 10 seconds, so check the network and the host in DATABASE_URL';
  }
  if (/SSL/i.test(message)) {
    return `the two sides do not agree about TLS (${message}), so check sslmode in DATABASE_URL`;
  }
  if (/password must be a string/i.test(message)) {
    return 'the server wants a password and DATABASE_URL has none';
  }
  if (/Connection terminated unexpectedly/i.test(message)) {
    return 'the server ended the connection, so see its log';
  }
  return undefined;
}

/** `host:port/database` is enough to recognise a database, and nothing secret. */
function partsOf(connectionString: string): { place: string; user: string; database: string } {
  try {
    const url = new URL(connectionString);
    const database = decodeURIComponent(url.pathname.slice(1));
    const host = url.hostname || url.searchParams.get('host') || 'localhost';
    return {
      place: `${host}:${url.port || '5432'}/${database}`,
      user: decodeURIComponent(url.username),
      database,
    };
  } catch {
    return { place: 'DATABASE_URL', user: '', database: '' };
  }
}
