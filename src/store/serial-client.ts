import pg from 'pg';

/**
 * A client that sends one statement at a time. Resolvers of one transaction ask side by side; PostgreSQL answers one after
 * the other whatever we do, and pg 9 will no longer keep the queue (pg warns of it since 8.16).
 */
export class SerialClient extends pg.Client {
  #last: Promise<unknown> = Promise.resolve();

  // pg overloads `query` in a dozen ways; only the promise form is queued here, the others pass as they are.
  override query(...given: unknown[]): never {
    const ask = () => (super.query as (...all: unknown[]) => unknown).apply(this, given);
    const [first, ...rest] = given;
    const isPromiseForm =
      !rest.some((argument) => typeof argument === 'function') &&
      !(first !== null && typeof first === 'object' && 'submit' in first);
    if (!isPromiseForm) return ask() as never;
    const asked = this.#last.then(ask, ask);
    this.#last = asked.then(
      () => {},
      () => {},
    );
    return asked as never;
  }
}
