import type { GoldenCase } from 'acorn/plugin';
import { gst, hst, invoice, line, on, qst, taxed } from './cases.ts';

/** Which taxes each province and territory has, on both sides of every change. */
export const provinces: readonly GoldenCase[] = [
  taxed('A1 · Ontario has 13 % HST', invoice('ON'), [hst('ON', '13', 100_00n, 13_00n)]),
  taxed('A1 · Alberta has GST alone', invoice('AB'), [gst(100_00n, 5_00n)]),
  taxed('A1 · so has Yukon', invoice('YT'), [gst(100_00n, 5_00n)]),
  taxed('A1 · the Northwest Territories', invoice('NT'), [gst(100_00n, 5_00n)]),
  taxed('A1 · and Nunavut', invoice('NU'), [gst(100_00n, 5_00n)]),
  taxed('A1 · New Brunswick has 15 %', invoice('NB'), [hst('NB', '15', 100_00n, 15_00n)]),
  taxed('A1 · Newfoundland and Labrador too', invoice('NL'), [hst('NL', '15', 100_00n, 15_00n)]),
  taxed('A1 · and Prince Edward Island', invoice('PE'), [hst('PE', '15', 100_00n, 15_00n)]),
  taxed('A1 · Nova Scotia has 14 %', invoice('NS'), [hst('NS', '14', 100_00n, 14_00n)]),
  taxed('A1 · from 1 April 2025', invoice('NS', on('2025-04-01')), [hst('NS', '14', 100_00n, 14_00n)]),
  taxed('A1 · and 15 % the day before', invoice('NS', on('2025-03-31')), [hst('NS', '15', 100_00n, 15_00n)]),
  taxed('C4 · New Brunswick on 30 June 2016', invoice('NB', on('2016-06-30')), [hst('NB', '13', 100_00n, 13_00n)]),
  taxed('C4 · and on 1 July', invoice('NB', on('2016-07-01')), [hst('NB', '15', 100_00n, 15_00n)]),
  taxed('C4 · Newfoundland on 30 June 2016', invoice('NL', on('2016-06-30')), [hst('NL', '13', 100_00n, 13_00n)]),
  taxed('C4 · and on 1 July, in Newfoundland', invoice('NL', on('2016-07-01')), [hst('NL', '15', 100_00n, 15_00n)]),
  taxed('C4 · Prince Edward Island on 30 September 2016', invoice('PE', on('2016-09-30')), [
    hst('PE', '14', 100_00n, 14_00n),
  ]),
  taxed('C4 · and on 1 October', invoice('PE', on('2016-10-01')), [hst('PE', '15', 100_00n, 15_00n)]),
  taxed('A1 · Québec has GST and QST side by side, both on the price', invoice('QC'), [
    gst(100_00n, 5_00n),
    qst(100_00n, 9_98n),
  ]),
  taxed('A1 · QST has three decimals: 1,234.56 bear 123.15', invoice('QC', { lines: [line(1234_56n)] }), [
    gst(1234_56n, 61_73n),
    qst(1234_56n, 123_15n),
  ]),
  taxed('A1 · a province by its whole code', invoice('CA-QC'), [gst(100_00n, 5_00n), qst(100_00n, 9_98n)]),
];
