/**
 * Wait for a condition, and look often.
 * @throws what `complaint` says when `millis` have passed
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  millis = 20_000,
  complaint: () => string = () => 'it never happened',
): Promise<void> {
  const deadline = performance.now() + millis;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(complaint());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
