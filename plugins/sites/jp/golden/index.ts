import type { GoldenCase } from 'acorn/plugin';
import { currency } from './currency.ts';
import { rates } from './rates.ts';
import { rounding } from './rounding.ts';
import { suppliers } from './supplier.ts';

/** What amazon.co.jp must be answered of tax; the first case is the most ordinary of all. */
export const goldenTax: readonly GoldenCase[] = [...rounding, ...rates, ...currency, ...suppliers];
