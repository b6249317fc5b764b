// Answers that are neither a plain yes nor a plain no.
import { acknowledge, later } from '../build/index.ts';
import { order, runOn, type Story } from './story.ts';

export const acknowledgementStories: readonly Story[] = [
  {
    edgeCase: 1,
    title: 'One line partly accepted, partly backordered, partly rejected',
    tell(scene) {
      const placed = order(scene, { lines: 3, ordered: 40, unit: 'Eaches', backOrderAllowed: true });
      acknowledge(scene, placed, {
        answer: (line, i) => (i === 0 ? { accepted: 24, backordered: 10 } : { accepted: line.ordered }),
      });
      runOn(scene, [placed], { ship: { quantity: (line, i) => (i === 0 ? 24 : line.ordered) } });
    },
  },
  {
    edgeCase: 2,
    title: 'Acknowledgement taken back in part within 48 hours',
    tell(scene) {
      const placed = order(scene, { lines: 2, ordered: 30, unit: 'Eaches' });
      const first = acknowledge(scene, placed, { answer: (line) => ({ accepted: line.ordered }) });
      acknowledge(scene, placed, {
        at: later(scene, first, 1),
        answer: (line, i) => ({ accepted: i === 0 ? 9 : line.ordered }),
      });
      runOn(scene, [placed]);
    },
  },
  {
    edgeCase: 2,
    title: 'Acknowledgement taken back in full within 48 hours',
    tell(scene) {
      const placed = order(scene, { lines: 1, ordered: 12, unit: 'Eaches' });
      const first = acknowledge(scene, placed, { answer: (line) => ({ accepted: line.ordered }) });
      acknowledge(scene, placed, { at: later(scene, first, 1), answer: () => ({ accepted: 0 }) });
    },
  },
  {
    edgeCase: 3,
    title: 'A line left out of the acknowledgement counts as rejected',
    tell(scene) {
      const placed = order(scene, { lines: 4 });
      acknowledge(scene, placed, { answer: (line, i) => (i === 1 ? 'left out' : { accepted: line.ordered }) });
      runOn(scene, [placed]);
    },
  },
];
