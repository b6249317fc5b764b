import fc from 'fast-check';
import { canonicalJson } from '../../base/canonical-json.ts';

/** What every plugin of a kind promises, with a number that outlives its wording. */
export interface Law {
  readonly number: string;
  /** The promise, as a sentence that is true of a good plugin. */
  readonly says: string;
}

/** What became of a law. Plain data, so that a test, a command and a build server show the same thing. */
export interface Finding extends Law {
  /** What was judged: `GB`, `sp-api`, a plugin's id. */
  readonly of: string;
  /** `not-asked`: the plugin says it does not answer this question, or brought nothing to ask about. */
  readonly verdict: 'kept' | 'broken' | 'not-asked';
  /** The smallest case found that breaks the law; or why it was not asked. */
  readonly because?: string;
}

/** How hard to look. The same effort finds the same things on every run. */
export interface Effort {
  /** Generated cases per law. */
  readonly runs: number;
  readonly seed: number;
}

export const usualEffort: Effort = { runs: 200, seed: 20_261_123 };

/** Thrown by a law that is broken, with the reason; anything else that is thrown breaks the law too. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** Throw unless `promise` holds. */
export function must(promise: unknown, otherwise: string): asserts promise {
  if (!promise) throw new Broken(otherwise);
}

/** Judge a law by one look. Return a reason when it could not be asked. */
export function judge(of: string, law: Law, look: () => string | undefined): Finding {
  try {
    const notAsked = look();
    return notAsked === undefined
      ? { ...law, of, verdict: 'kept' }
      : { ...law, of, verdict: 'not-asked', because: notAsked };
  } catch (error) {
    return { ...law, of, verdict: 'broken', because: reason(error) };
  }
}

/**
 * Judge a law by many generated cases, and show the smallest that breaks it.
 *
 * @param look throws when the law is broken; answers whether the case asked anything, so that a law that never came
 *             to be asked is not called kept
 */
export function judgeMany<Case>(
  of: string,
  law: Law,
  cases: fc.Arbitrary<Case>,
  look: (one: Case) => boolean,
  { runs, seed }: Effort,
): Finding {
  let asked = 0;
  const details = fc.check(
    fc.property(cases, (one) => {
      if (look(one)) asked++;
    }),
    { numRuns: runs, seed },
  );
  if (details.failed) {
    const [smallest] = details.counterexample ?? [];
    return { ...law, of, verdict: 'broken', because: `${reason(details.errorInstance)}; found with ${show(smallest)}` };
  }
  return asked > 0
    ? { ...law, of, verdict: 'kept' }
    : { ...law, of, verdict: 'not-asked', because: 'no generated case was answered' };
}

/** The same for what takes time. */
export async function judgeLater(of: string, law: Law, look: () => Promise<string | undefined>): Promise<Finding> {
  try {
    const notAsked = await look();
    return judge(of, law, () => notAsked);
  } catch (error) {
    return judge(of, law, () => {
      throw error;
    });
  }
}

/** A value for a person, short enough to read. */
export function show(value: unknown): string {
  if (value instanceof Uint8Array) return `bytes ${JSON.stringify(Buffer.from(value).toString('utf8').slice(0, 200))}`;
  const text = canonicalJson(value) ?? String(value);
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

function reason(error: unknown): string {
  if (error instanceof Broken) return error.message;
  return error instanceof Error ? `it throws ${error.name}: ${error.message}` : `it throws ${String(error)}`;
}
