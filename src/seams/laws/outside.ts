import { Socket } from 'node:net';

/** What a call reached for beyond its arguments, and what it answered. */
export interface Watched<Answer> {
  readonly answer: Answer;
  /** `Date.now`, `fetch`, …; each once. */
  readonly touched: readonly string[];
}

/**
 * Run `work` while the clock, chance and the network are watched. They go on working, so that a rule that reaches for
 * one of them is told by name and not by its stumbling.
 *
 * Synchronous work only: rules are. Not seen: a clock kept from before by a rule's own module, and files.
 */
export function watchOutside<Answer>(work: () => Answer): Watched<Answer> {
  const touched = new Set<string>();
  const noticed =
    <Arguments extends readonly unknown[], Value>(name: string, real: (...given: Arguments) => Value) =>
    (...given: Arguments): Value => {
      touched.add(name);
      return real(...given);
    };

  const { Date: RealDate, fetch: realFetch } = globalThis;
  const { random } = Math;
  const now = performance.now.bind(performance);
  const { connect } = Socket.prototype;

  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget) => {
      if (given.length === 0) touched.add('new Date()');
      return Reflect.construct(target, given, newTarget) as Date;
    },
    apply: (target) => {
      touched.add('Date()');
      return target();
    },
    get: (target, member) => (member === 'now' ? noticed('Date.now', RealDate.now) : Reflect.get(target, member)),
  });
  globalThis.fetch = noticed('fetch', realFetch);
  Math.random = noticed('Math.random', random);
  performance.now = noticed('performance.now', now);
  Socket.prototype.connect = function watchedConnect(this: Socket, ...given: unknown[]) {
    touched.add('the network');
    return Reflect.apply(connect, this, given) as Socket;
  } as typeof connect;
  try {
    return { answer: work(), touched: [...touched] };
  } finally {
    globalThis.Date = RealDate;
    globalThis.fetch = realFetch;
    Math.random = random;
    Reflect.deleteProperty(performance, 'now');
    Socket.prototype.connect = connect;
  }
}

/** Freeze a value all through, so that whoever changes what it was handed is told at once. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value) && !ArrayBuffer.isView(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
