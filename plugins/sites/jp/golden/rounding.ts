import type { GoldenCase } from 'acorn/plugin';
import { group, invoice, line, taxed } from './cases.ts';

const both = [line(1_005n), line(1_009n, 'reduced')];
const threeThirds = [line(333n), line(333n), line(339n)];
/** Three deliveries of a month on one invoice. */
const month = [line(105n), line(205n), line(305n), line(99n, 'reduced'), line(9n, 'reduced')];

/** One rounding per rate per invoice, by the supplier's constant choice. */
export const rounding: readonly GoldenCase[] = [
  taxed('J1 · 10 % on 1,000 yen is 100', invoice(), { groups: [group('S', '10', 1_000n, 100n)] }),
  taxed('J3 · 10 % and 8 %, each rounded once, and truncated where nobody chose', invoice({ lines: both }), {
    groups: [group('AA', '8', 1_009n, 80n), group('S', '10', 1_005n, 100n)],
    lines: [1, 0],
  }),
  taxed('J3 · half up, when the supplier has chosen so', invoice({ lines: both, rounding: 'half-away-from-zero' }), {
    groups: [group('AA', '8', 1_009n, 81n), group('S', '10', 1_005n, 101n)],
    lines: [1, 0],
    facts: ['rounding'],
  }),
  taxed('J3 · up, when the supplier has chosen so', invoice({ lines: both, rounding: 'ceiling' }), {
    groups: [group('AA', '8', 1_009n, 81n), group('S', '10', 1_005n, 101n)],
    lines: [1, 0],
    facts: ['rounding'],
  }),
  taxed('J3 · truncated, when the supplier has chosen what is usual', invoice({ lines: both, rounding: 'truncate' }), {
    groups: [group('AA', '8', 1_009n, 80n), group('S', '10', 1_005n, 100n)],
    lines: [1, 0],
    facts: ['rounding'],
  }),
  taxed('J3 · once per rate: 333 + 333 + 339 yen bear 100, and not 33 + 33 + 33', invoice({ lines: threeThirds }), {
    groups: [group('S', '10', 1_005n, 100n)],
  }),
  taxed('J3 · up once, too: 101, and not 34 + 34 + 34', invoice({ lines: threeThirds, rounding: 'ceiling' }), {
    groups: [group('S', '10', 1_005n, 101n)],
    facts: ['rounding'],
  }),
  taxed('J3 · a month’s deliveries are one invoice, rounded once for each rate', invoice({ lines: month }), {
    groups: [group('AA', '8', 108n, 8n), group('S', '10', 615n, 61n)],
    lines: [1, 1, 1, 0, 0],
  }),
  taxed('J3 · one yen bears none', invoice({ lines: [line(1n)] }), { groups: [group('S', '10', 1n, 0n)] }),
  taxed('J3 · and one, when rounded up', invoice({ lines: [line(1n)], rounding: 'ceiling' }), {
    groups: [group('S', '10', 1n, 1n)],
    facts: ['rounding'],
  }),
  taxed(
    'J3 · five yen bear one, when rounded half up',
    invoice({ lines: [line(5n)], rounding: 'half-away-from-zero' }),
    {
      groups: [group('S', '10', 5n, 1n)],
      facts: ['rounding'],
    },
  ),
  taxed('C5 · twelve yen of food bear no part of a yen', invoice({ lines: [line(12n, 'reduced')] }), {
    groups: [group('AA', '8', 12n, 0n)],
  }),
  taxed(
    'C3 · a return mirrors its invoice',
    invoice({ lines: [line(-1_005n), line(-1_009n, 'reduced')], kind: 'credit-note' }),
    {
      groups: [group('AA', '8', -1_009n, -80n), group('S', '10', -1_005n, -100n)],
      lines: [1, 0],
      facts: ['kind'],
      document: 'qualified-return-invoice',
    },
  ),
  taxed('C3 · and one rounded up is taken back as far', invoice({ lines: [line(-1_005n)], rounding: 'ceiling' }), {
    groups: [group('S', '10', -1_005n, -101n)],
    facts: ['rounding'],
  }),
  taxed('C3 · and one rounded half up', invoice({ lines: [line(-1_005n)], rounding: 'half-away-from-zero' }), {
    groups: [group('S', '10', -1_005n, -101n)],
    facts: ['rounding'],
  }),
  taxed('J4 · a return beside a sale is taken off before the rounding', invoice({ lines: [line(1_009n), line(-4n)] }), {
    groups: [group('S', '10', 1_005n, 100n)],
  }),
  taxed('J3 · prices that include tax: 1,100 yen hold 100', invoice({ lines: [line(1_100n)], priceBasis: 'gross' }), {
    groups: [group('S', '10', 1_000n, 100n)],
    facts: ['priceBasis'],
  }),
  taxed('J3 · 999 yen of food with tax hold 74', invoice({ lines: [line(999n, 'reduced')], priceBasis: 'gross' }), {
    groups: [group('AA', '8', 925n, 74n)],
    facts: ['priceBasis'],
  }),
  taxed(
    'J3 · 1,000 yen with 10 % hold 91 when rounded up',
    invoice({ lines: [line(1_000n)], priceBasis: 'gross', rounding: 'ceiling' }),
    { groups: [group('S', '10', 909n, 91n)], facts: ['priceBasis', 'rounding'] },
  ),
  taxed(
    'J3 · both rates inside their prices, each taken out once',
    invoice({ lines: [line(550n), line(540n, 'reduced'), line(551n)], priceBasis: 'gross' }),
    {
      groups: [group('AA', '8', 500n, 40n), group('S', '10', 1_001n, 100n)],
      lines: [1, 0, 1],
      facts: ['priceBasis'],
    },
  ),
  taxed(
    'J3 · and 91 when rounded half up, since 90.909 is nearer to it',
    invoice({ lines: [line(1_000n)], priceBasis: 'gross', rounding: 'half-away-from-zero' }),
    { groups: [group('S', '10', 909n, 91n)], facts: ['priceBasis', 'rounding'] },
  ),
  taxed('C3 · a return at a price with tax', invoice({ lines: [line(-1_100n)], priceBasis: 'gross' }), {
    groups: [group('S', '10', -1_000n, -100n)],
    facts: ['priceBasis'],
  }),
  taxed('J3 · 1,249 yen of food bear 99.92: 99', invoice({ lines: [line(1_249n, 'reduced')] }), {
    groups: [group('AA', '8', 1_249n, 99n)],
  }),
  taxed(
    'J3 · or 100, when the supplier rounds half up',
    invoice({ lines: [line(1_249n, 'reduced')], rounding: 'half-away-from-zero' }),
    { groups: [group('AA', '8', 1_249n, 100n)], facts: ['rounding'] },
  ),
  taxed(
    'C1 · 90,071,992,547,409,939 yen, more than a binary float can hold',
    invoice({ lines: [line(90_071_992_547_409_939n)] }),
    {
      groups: [group('S', '10', 90_071_992_547_409_939n, 9_007_199_254_740_993n)],
    },
  ),
  taxed('J1 · an invoice without lines has no groups', invoice({ lines: [] }), { groups: [] }),
];
