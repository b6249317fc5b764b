import type { GoldenCase } from 'acorn/plugin';
import { exported, group, gst, hst, invoice, line, on, oneLine, qst, refused, taxed } from './cases.ts';

/** What the goods are, how it is rounded, and what is missing or refused. */
export const goods: readonly GoldenCase[] = [
  taxed(
    'A3 · groceries beside other goods: each line shows its own',
    invoice('ON', { lines: [line(100_00n), line(40_00n, 'zero-rated'), line(10_00n)] }),
    [hst('ON', '13', 110_00n, 14_30n), group('hst-zero', 'HST', 'CA-ON', '0', 40_00n, 0n, 'Z')],
    [[0], [1], [0]],
  ),
  taxed('A3 · in Québec free of both taxes', invoice('QC', { lines: [line(40_00n, 'zero-rated')] }), [
    group('gst-zero', 'GST', 'CA', '0', 40_00n, 0n, 'Z'),
    group('qst-zero', 'QST', 'CA-QC', '0', 40_00n, 0n, 'Z'),
  ]),
  taxed(
    'A3 · in British Columbia without PST, and nothing to warn of',
    invoice('BC', { lines: [line(40_00n, 'zero-rated')] }),
    [group('gst-zero', 'GST', 'CA', '0', 40_00n, 0n, 'Z')],
  ),
  taxed('A4 · HST is one tax, rounded once: 10.10 at 13 % is 1.31', invoice('ON', { lines: [line(10_10n)] }), [
    hst('ON', '13', 10_10n, 1_31n),
  ]),
  taxed(
    'A4 · on the whole invoice: three times 0.33 bear 0.13, and not 0.04 each',
    invoice('ON', { lines: [line(33n), line(33n), line(33n)] }),
    [hst('ON', '13', 99n, 13n)],
    [[0], [0], [0]],
  ),
  taxed('A4 · half a cent goes up: 0.50 at 5 % is 0.03', invoice('AB', { lines: [line(50n)] }), [gst(50n, 3n)]),
  taxed('C3 · and a credit note takes back as much', invoice('AB', { lines: [line(-50n)] }), [gst(-50n, -3n)]),
  taxed('A3 · what leaves Canada is zero-rated', invoice('WA', { shipToCountry: 'US' }), [exported(100_00n)]),
  taxed(
    'A6 · without a GST account the buyer has no credit',
    invoice('AB', { supplier: { registrations: [] } }),
    [gst(100_00n, 5_00n)],
    oneLine,
    ['GST_REGISTRATION_MISSING', 'The supplier has no GST registration on 2026-11-02.'],
  ),
  taxed(
    'A6 · nor with a number that cannot be one',
    invoice('AB', { supplier: { registrations: [{ scheme: 'CA-GST', number: '123456789RT0001' }] } }),
    [gst(100_00n, 5_00n)],
    oneLine,
    ['GST_NUMBER_INVALID', '123456789RT0001 is no GST registration number.'],
  ),
  taxed(
    'A6 · Québec asks for its own number as well',
    invoice('QC', { supplier: { registrations: [{ scheme: 'CA-GST', number: '123456782RT0001' }] } }),
    [gst(100_00n, 5_00n), qst(100_00n, 9_98n)],
    oneLine,
    ['QST_REGISTRATION_MISSING', 'The supplier has no QST registration on 2026-11-02.'],
  ),
  refused('A1 · without a province nothing is charged, and nothing is guessed', invoice(''), {
    code: 'NOT_ENOUGH_KNOWN',
    site: 'CA',
    missing: 'the province it was delivered to',
  }),
  refused('C10 · before HST there was another tax', invoice('ON', on('2010-06-30')), {
    code: 'TAX_RATE_UNKNOWN',
    key: 'HST ON',
    on: '2010-06-30',
    since: '2010-07-01',
  }),
  refused('C10 · a class without a rate is refused', invoice('ON', { lines: [line(1n, 'reduced')] }), {
    code: 'TAX_CLASS_UNKNOWN',
    taxClass: 'reduced',
    known: ['standard', 'zero-rated'],
  }),
  refused('A4 · prices that include tax are not taken apart', invoice('QC', { priceBasis: 'gross' }), {
    code: 'TAX_NOT_DECIDABLE',
    site: 'CA',
    problem: 'TAX_INCLUSIVE_PRICES',
    message: 'Canadian tax is not decided: two taxes inside one price have no single answer.',
  }),
  refused('A4 · the law leaves no choice of rounding', invoice('ON', { rounding: 'truncate' }), {
    code: 'TAX_NOT_DECIDABLE',
    site: 'CA',
    problem: 'ROUNDING_NOT_ALLOWED',
    message: 'Canadian tax is not decided: half a cent or more is rounded up, and the law leaves no choice.',
  }),
  taxed(
    'C3 · a credit note in Québec takes back both taxes',
    invoice('QC', { lines: [line(-1234_56n)], kind: 'credit-note' }),
    [gst(-1234_56n, -61_73n), qst(-1234_56n, -123_15n)],
  ),
];
