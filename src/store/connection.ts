/** Who a session is to the database. Neither role can bypass row security; see the first migration. */
export type DatabaseRole = 'acorn_app' | 'acorn_worker';

/** A person's patience: the database gives up first, then the transaction, then the request. Milliseconds. */
export const timeouts = {
  statement: 4_000,
  idleInTransaction: 4_500,
  transaction: 5_000,
  /** Waiting for a free connection. */
  admission: 2_000,
  /** Opening a connection of one's own, and waiting for an answer on it: a network that swallows everything is a failure too. */
  connect: 5_000,
  answer: 5_000,
  request: 10_000,
  /** An export is one snapshot, as long as its reader takes; one who stops reading does not hold it for ever. */
  export: 15 * 60_000,
  exportIdle: 30_000,
  /** A batch of documents is larger than a question. */
  batchStatement: 30_000,
} as const;

/**
 * Start-up options of every session: always UTC, since the Prisma adapter misreads instants in any other zone
 * (prisma/orm #26786), never the owner's role, and with timeouts that fire in order. The server looks after a machine that
 * vanished, so that what its sessions had locked is free within a minute instead of hours.
 *
 * @param idleTimeout the server ends the session when it has asked nothing for so long, in milliseconds
 */
export function sessionOptions(
  role: DatabaseRole,
  statementTimeout: number = timeouts.statement,
  idleTimeout?: number,
): string {
  return [
    '-c timezone=UTC',
    `-c role=${role}`,
    `-c statement_timeout=${statementTimeout}`,
    `-c idle_in_transaction_session_timeout=${Math.max(timeouts.idleInTransaction, statementTimeout + 500)}`,
    '-c tcp_keepalives_idle=10',
    '-c tcp_keepalives_interval=5',
    ...(idleTimeout === undefined ? [] : [`-c idle_session_timeout=${idleTimeout}`]),
    '-c application_name=acorn',
  ].join(' ');
}
