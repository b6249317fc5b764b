import type { GoldenCase } from 'acorn/plugin';
import { abroad } from './abroad.ts';
import { datedRates } from './dated-rates.ts';
import { domestic } from './domestic.ts';
import { intraCommunity } from './intra-community.ts';
import { reverseCharge } from './reverse-charge.ts';
import { standardRates } from './standard-rates.ts';

/** What Amazon's stores in the Union must be answered of VAT; the first case is the most ordinary of all. */
export const goldenVat: readonly GoldenCase[] = [
  ...domestic,
  ...standardRates,
  ...datedRates,
  ...intraCommunity,
  ...reverseCharge,
  ...abroad,
];
