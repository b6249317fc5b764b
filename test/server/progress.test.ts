import { expect, test } from 'vitest';
import { showProgress } from '../../src/server/progress.ts';

function screen(isTTY: boolean) {
  let shown = '';
  return { isTTY, columns: 80, write: (text: string) => (shown += text), text: () => shown };
}

test('without a terminal there is a line for each quarter, and none goes back', () => {
  const pipe = screen(false);
  const progress = showProgress(pipe, ['US', 'ひばり']);
  for (const part of [0.1, 0.3, 0.2, 0.31, 1, 0.5]) progress.set('US', part);
  progress.set('ひばり', 0.5);
  progress.end();
  expect(pipe.text()).toBe('  US       30 %\n  US      100 %\n  ひばり   50 %\n');
});

test('on a terminal the bars are drawn over', () => {
  const terminal = screen(true);
  const progress = showProgress(terminal, ['US', 'CA']);
  progress.set('US', 0.5);
  expect(terminal.text()).toContain('\x1b[2A\x1b[2K  US  ██████████████░░░░░░░░░░░░░░  50 %\n');
});
