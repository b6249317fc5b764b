import { type ExecutionResult, type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { ChangeBatch } from '../change-log/change-log.ts';

/**
 * What one batch became for one operation: executed once, written out once, handed to everybody who asks the same.
 *
 * Frames of an audience are a list that only points forward. A listener holds the last one it took, so what everybody
 * has taken is forgotten by itself, and what is kept is bounded by how far a listener may be behind.
 */
export class Frame {
  /** Exclusive: what is in it comes after this place. */
  readonly from: bigint;
  /** The place of the first change in it, and the place it leads to. */
  readonly first: bigint;
  readonly position: bigint;
  readonly changes: number;
  readonly caughtUp: boolean;
  readonly json: string;
  /** As an event stream takes it: the protocol's library finds the text ready. */
  readonly result: ExecutionResult & { stringify(): string };
  /** Set when the next one is published. */
  next: Frame | undefined;
  /** Changes and bytes published before and with it: the difference of two is how far apart they are. */
  changesSoFar = 0;
  bytesSoFar = 0;
  #tail: Buffer | undefined;

  constructor(batch: ChangeBatch, from: bigint, result: ExecutionResult) {
    this.from = from;
    this.first = batch.first;
    this.position = batch.position;
    this.changes = batch.changes.length;
    this.caughtUp = batch.caughtUp;
    const json = JSON.stringify(plainResult(result));
    this.json = json;
    this.result = { ...(result.errors && { errors: result.errors }), stringify: () => json };
  }

  /** The payload of a `next` message and its closing brace, as bytes: the same for every socket. */
  get tail(): Buffer {
    this.#tail ??= Buffer.from(`${this.json}}`);
    return this.#tail;
  }

  /** Put it behind another. */
  after(previous: Frame): void {
    this.changesSoFar = previous.changesSoFar + this.changes;
    this.bytesSoFar = previous.bytesSoFar + this.json.length;
    previous.next = this;
  }
}

/** A result without what is only meant for HTTP: there the library strips it, here nobody else does. */
export function plainResult(result: {
  readonly errors?: readonly GraphQLError[] | undefined;
}): FormattedExecutionResult {
  const { errors, ...rest } = result;
  return errors === undefined ? rest : { ...rest, errors: errors.map(withoutInternals) };
}

export function withoutInternals(error: GraphQLError) {
  const formatted = error instanceof GraphQLError ? error.toJSON() : error;
  const {
    http: _http,
    unexpected: _unexpected,
    ...extensions
  } = (formatted.extensions ?? {}) as Record<string, unknown>;
  return { ...formatted, extensions };
}
