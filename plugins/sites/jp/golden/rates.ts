import { day, type GoldenCase } from 'acorn/plugin';
import { group, invoice, line, refused, taxed, unqualified } from './cases.ts';

const act = 'Consumption Tax Act, article 29, as amended 2012 and 2016; Local Tax Act, article 72-83';
const scope = 'Consumption Tax Act, articles 4 (scope), 6 (exempt), 7 (export)';
const both = [line(1_005n), line(1_009n, 'reduced')];
const on = (date: string, lines = [line(1_000n)]) => invoice({ lines, taxPoint: day(date) });

/** Rates on both sides of their changes, and what has none. */
export const rates: readonly GoldenCase[] = [
  taxed(
    'C4 · 8 % on the last day before October 2019',
    on('2019-09-30'),
    { ...unqualified(), groups: [group('S', '8', 1_000n, 80n)] },
    act,
  ),
  taxed(
    'C4 · 10 % from 1 October 2019',
    on('2019-10-01'),
    { ...unqualified(), groups: [group('S', '10', 1_000n, 100n)] },
    act,
  ),
  taxed(
    'C4 · food and all else have one rate until then, and one group',
    on('2019-09-30', both),
    { ...unqualified(), groups: [group('S', '8', 2_014n, 161n)] },
    act,
  ),
  taxed(
    'C4 · food keeps 8 % from then, as a reduced rate',
    on('2019-10-01', [line(1_000n, 'reduced')]),
    { ...unqualified(), groups: [group('AA', '8', 1_000n, 80n)] },
    act,
  ),
  taxed(
    'C4 · the first day that is known',
    on('2014-04-01'),
    { ...unqualified(), groups: [group('S', '8', 1_000n, 80n)] },
    act,
  ),
  refused(
    'C10 · the day before it is refused',
    on('2014-03-31'),
    { code: 'TAX_RATE_UNKNOWN', key: 'standard', on: '2014-03-31', since: '2014-04-01' },
    act,
  ),
  refused(
    'C10 · for what bears no tax as well: the exemptions are of the same law',
    on('2014-03-31', [line(1_000n, 'exempt')]),
    { code: 'TAX_RATE_UNKNOWN', key: 'standard', on: '2014-03-31', since: '2014-04-01' },
    act,
  ),
  refused('C10 · a class without a rate is refused', on('2026-11-02', [line(1n, 'luxury')]), {
    code: 'TAX_CLASS_UNKNOWN',
    taxClass: 'luxury',
    known: ['standard', 'reduced', 'exempt', 'out-of-scope', 'export'],
  }),
  taxed(
    'J1 · exempt goods stand apart, at no tax',
    on('2026-11-02', [line(1_000n), line(500n, 'exempt')]),
    { groups: [group('S', '10', 1_000n, 100n), group('E', '0', 500n, 0n, 'jp/exempt')], lines: [0, 1] },
    scope,
  ),
  taxed(
    'J1 · what leaves Japan is exported, food too',
    invoice({ lines: both, shipToCountry: 'US' }),
    { groups: [group('G', '0', 2_014n, 0n, 'jp/export')] },
    scope,
  ),
  taxed(
    'J1 · what is exempt at home is exempt abroad',
    invoice({ lines: [line(500n, 'exempt'), line(500n)], shipToCountry: 'US' }),
    { groups: [group('E', '0', 500n, 0n, 'jp/exempt'), group('G', '0', 500n, 0n, 'jp/export')], lines: [0, 1] },
    scope,
  ),
  taxed(
    'J1 · goods named as exported are, though they are delivered to a forwarder in Japan',
    on('2026-11-02', [line(500n, 'export')]),
    { groups: [group('G', '0', 500n, 0n, 'jp/export')] },
    scope,
  ),
  taxed(
    'J1 · out of scope is neither exempt nor zero',
    on('2026-11-02', [line(500n, 'out-of-scope')]),
    { groups: [group('O', '0', 500n, 0n, 'jp/out-of-scope')] },
    scope,
  ),
  taxed(
    'J4 · all five kinds on one invoice: five groups, the reduced goods marked',
    on('2026-11-02', [
      line(100n, 'out-of-scope'),
      line(200n, 'export'),
      line(300n, 'exempt'),
      line(400n, 'reduced'),
      line(500n),
    ]),
    {
      groups: [
        group('AA', '8', 400n, 32n),
        group('S', '10', 500n, 50n),
        group('E', '0', 300n, 0n, 'jp/exempt'),
        group('G', '0', 200n, 0n, 'jp/export'),
        group('O', '0', 100n, 0n, 'jp/out-of-scope'),
      ],
      lines: [4, 3, 2, 0, 1],
    },
    scope,
  ),
];
