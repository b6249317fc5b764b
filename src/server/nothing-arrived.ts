import type { ExecutionResult } from 'graphql';

/** An execution that failed whole, thrown so that nobody goes on behind it, with what it says of that. */
export class NothingArrived extends Error {
  readonly result: ExecutionResult;
  constructor(result: ExecutionResult) {
    super('nothing of the batch arrived');
    this.result = result;
  }
}

/** What a listener is told last, of whatever was thrown. */
export const lastWords = (thrown: unknown, failure: (thrown: unknown) => ExecutionResult): ExecutionResult =>
  thrown instanceof NothingArrived ? thrown.result : failure(thrown);
