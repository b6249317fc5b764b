/**
 * Everything an operator can put right: a full disk, a wrong password, a second Acorn on the same data.
 * A code is never renamed and never reused; the sentence may change.
 */
export type OperatorErrorCode =
  | 'CONFIGURATION_INVALID'
  | 'DATA_FOLDER_IN_USE'
  | 'DATA_FOLDER_NOT_WRITABLE'
  | 'DATA_FOLDER_OTHER_VERSION'
  | 'DATABASE_NOT_EMPTY'
  | 'DATABASE_START_FAILED'
  | 'DATABASE_UNREACHABLE'
  | 'DISK_FULL'
  | 'MIGRATION_EDITED'
  | 'MIGRATION_FAILED'
  | 'MIGRATION_INVALID'
  | 'MIGRATION_LOCKED'
  | 'MIGRATION_MISSING'
  | 'PLATFORM_NOT_SUPPORTED'
  | 'PLUGINS_DO_NOT_FIT'
  | 'PORT_IN_USE';

/**
 * A trouble outside the program, told in one sentence: what is wrong, where, and what to do about it.
 *
 * Printed as it is and without a stack, so the message never holds a password, and never needs a log to be
 * understood. A broken promise of our own is not this; that is `invariant`.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly code: OperatorErrorCode;

  constructor(code: OperatorErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
