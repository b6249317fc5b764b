/** A broken promise of ours. The client sees a masked error; the log sees the promise by name. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/** Throw unless `promise` holds. `what` names the promise, as a sentence that should have been true. */
export function invariant(promise: unknown, what: string): asserts promise {
  if (!promise) throw new BrokenPromise(what);
}

/** Reached only when a `switch` forgot a member of its union; the compiler finds it first. */
export function never(value: never): never {
  throw new BrokenPromise(`every case is handled, but this one was not: ${JSON.stringify(value)}`);
}
