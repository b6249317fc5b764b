import { writeSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends a run with one plain line for people and machines: `12 passed, 0 failed`, and `, 1 skipped` when so.
 *
 * A file that could not be loaded and an error outside any test count as one failure each, so that the line
 * never says 0 when the run failed.
 */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const module of modules) {
      const failedBefore = failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        passed += state === 'passed' ? 1 : 0;
        failed += state === 'failed' ? 1 : 0;
        skipped += state === 'skipped' ? 1 : 0;
      }
      if (module.state() === 'failed' && failed === failedBefore) {
        failed += 1;
      }
    }
    const line = `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`;
    // At exit, because other reporters and the tear-down may still print after this moment.
    process.once('exit', () => writeLast(line));
  }
}

/** A reader that is slow makes a pipe refuse for a moment; nothing else is left to do by then but to try again. */
function writeLast(line: string): void {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    try {
      writeSync(1, line);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
        return;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
