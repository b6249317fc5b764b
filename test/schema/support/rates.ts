import { day } from '../../../src/base/calendar-date.ts';
import type { Currency } from '../../../src/base/currency.ts';
import { decimal } from '../../../src/base/decimal.ts';
import { instant } from '../../../src/base/instant.ts';
import { keepRates } from '../../../src/store/reference-rates.ts';
import type { World } from './world.ts';

/** Rates as the European Central Bank might have published them for a day, kept as an import keeps them. */
export const published = (world: World, on: string, perEuro: Readonly<Record<string, string>>) =>
  keepRates(
    world.database,
    Object.entries(perEuro).map(([currency, rate]) => ({
      currency: currency as Currency,
      on: day(on),
      perEuro: decimal(rate),
      source: 'ECB',
    })),
    'a test',
    instant('2026-11-23T12:00:00Z'),
  );
