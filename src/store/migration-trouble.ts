import pg from 'pg';

/** Rights, resources, locks and connections: what an operator changes outside the file. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) {
    return isLost(error);
  }
  const classes = ['08', '40', '53', '57', '58', 'XX'];
  const codes = ['25006', '25P03', '25P04', '42501', '55006', '55P03'];
  return classes.includes(code.slice(0, 2)) || codes.includes(code);
}

function isLost(error: unknown): boolean {
  return error instanceof Error && /connection|terminated|ECONN|EPIPE/i.test(error.message);
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** PostgreSQL's own sentence, its code, and the line of the file it points at. */
export function reasonOf(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) {
    return error instanceof Error ? error.message : String(error);
  }
  const position = Number(error.position ?? error.internalPosition ?? Number.NaN);
  const line = Number.isNaN(position) ? '' : `, line ${sql.slice(0, position).split('\n').length}`;
  return `${error.message} (${error.code ?? 'no code'}${line})`;
}
