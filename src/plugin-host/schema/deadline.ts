/** Stands for an answer that did not come in time. */
export const late = Symbol('late');

/** An answer, or `late`. Whatever comes of it after that, nobody hears, not even as an unhandled rejection. */
export async function within(millis: number, answer: PromiseLike<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<typeof late>((resolve) => {
    timer = setTimeout(resolve, millis, late);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** Whether anything of an answer, or of the entries of a list, is still to come. */
export const isPending = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isPending) : isThenable(value);

/** An answer with everything in it that was still to come. */
export const settled = async (value: unknown): Promise<unknown> => {
  const come = await value;
  return Array.isArray(come) && come.some(isPending) ? Promise.all(come.map(settled)) : come;
};
