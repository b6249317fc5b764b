import type { GoldenCase } from 'acorn/plugin';
import { goods } from './goods.ts';
import { provinces } from './provinces.ts';
import { resale } from './resale.ts';

/** What amazon.ca must be answered of tax; the first case is the most ordinary of all. */
export const goldenTax: readonly GoldenCase[] = [...provinces, ...resale, ...goods];
