import { OperatorError } from '../base/operator-error.ts';
import { UpstreamRefused } from '../seams/connector.ts';
import { databaseTrouble } from './public-error.ts';

/**
 * What an operator can put right, told in a sentence, when it met us in the middle of something that does not know
 * operators: a disk that filled up while we imported, a database that went away, credentials that were revoked.
 * Nothing for anything else: that is a bug of ours and keeps its stack.
 */
export function foreseeable(error: unknown): OperatorError | undefined {
  if (error instanceof OperatorError) return error;
  if (error instanceof UpstreamRefused) {
    return new OperatorError('CONFIGURATION_INVALID', `${error.message} (${error.code}).`, { cause: error });
  }
  const { code, path } = (typeof error === 'object' && error !== null ? error : {}) as { code?: string; path?: string };
  const where = path === undefined ? '' : ` ${path}`;
  switch (code) {
    // PostgreSQL's own code, and the system's.
    case '53100':
    case 'ENOSPC':
    case 'EDQUOT':
      return new OperatorError(
        'DISK_FULL',
        'The disk is full: free some space and start again; everything that was answered is safe.',
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new OperatorError(
        'DATA_FOLDER_NOT_WRITABLE',
        `The file${where} cannot be written by this user: start Acorn as its owner, or choose another data folder with ACORN_DATA.`,
        { cause: error },
      );
  }
  return databaseTrouble(error) === undefined
    ? undefined
    : new OperatorError(
        'DATABASE_UNREACHABLE',
        'The database went away while Acorn was working with it: see its log, and start again; everything that was answered is safe.',
        { cause: error },
      );
}
