import { asPlugin } from '../plugin-host/running.ts';

/** What became of a call into a plugin. `late`: it has not come back yet, and settles when it does. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'late'; readonly problem: string; readonly settled: Promise<void> };

/**
 * Call into a plugin: never throws, never waits longer than `millis`. JavaScript cannot stop a function that hangs; it
 * is left behind, and whoever called decides whether to call again beside it.
 */
export async function guarded<T>(plugin: string, millis: number, call: () => Promise<T> | T): Promise<Outcome<T>> {
  let timer: NodeJS.Timeout | undefined;
  const called = asPlugin(plugin, async () => call()).then(
    (value): Outcome<T> => ({ kind: 'done', value }),
    (error: unknown): Outcome<T> => ({ kind: 'failed', problem: problemOf(error) }),
  );
  const late = new Promise<Outcome<T>>((resolve) => {
    timer = setTimeout(() => {
      resolve({
        kind: 'late',
        problem: `it did not come back within ${seconds(millis)}`,
        settled: called.then(() => {}),
      });
    }, millis);
  });
  const outcome = await Promise.race([called, late]);
  clearTimeout(timer);
  return outcome;
}

/** What somebody threw, as one line for a person. */
export function problemOf(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : String(error);
    return text.replace(/\s+/g, ' ').slice(0, 500) || 'it failed without a word';
  } catch {
    return 'it threw something that cannot be told';
  }
}

export const seconds = (millis: number): string => (millis % 1_000 === 0 ? `${millis / 1_000} s` : `${millis} ms`);
