import type { CalendarDate, Currency } from 'acorn/plugin';
import { regionOf } from './region-names.ts';

/** The 27, by the letters of their VAT ids, and Northern Ireland, where the directive holds for goods. */
export const states: readonly string[] = [
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'EL', 'ES', 'FI', 'FR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV'],
  ...['MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK', 'XI'],
];

/**
 * Parts of a state where the directive does not hold: what goes there is exported. Büsingen, Heligoland, Livigno and
 * Campione are such parts too, and have no code of a region by which they could be told.
 * @source Directive 2006/112/EC, article 6
 */
const outsideTheTerritory: readonly string[] = [
  ...['ES-CN', 'ES-GC', 'ES-TF', 'ES-CE', 'ES-ML', 'FI-01', 'EL-69'],
  ...['FR-971', 'FR-972', 'FR-973', 'FR-974', 'FR-976', 'FR-GP', 'FR-MQ', 'FR-GF', 'FR-RE', 'FR-YT'],
];

/**
 * Parts of a state with rates of their own, by the codes that are used for them, and the one in the table of rates.
 * @source Directive 2006/112/EC, articles 104, 105, 105a
 */
const regions: Readonly<Record<string, string>> = {
  'PT-20': 'PT-20',
  'PT-AC': 'PT-20',
  'PT-30': 'PT-30',
  'PT-MA': 'PT-30',
  'FR-20R': 'FR-20R',
  'FR-COR': 'FR-20R',
  'FR-2A': 'FR-20R',
  'FR-2B': 'FR-20R',
};

/** The Aegean: some of its islands have lower rates, and the region does not say which. */
const mixedRates: readonly string[] = ['EL-K', 'EL-L'];

/** Treated as the state they belong to. @source Directive 2006/112/EC, article 7 */
const treatedAs: Readonly<Record<string, string>> = { GR: 'EL', MC: 'FR' };

export interface StatePlace {
  readonly kind: 'state';
  readonly state: string;
  /** The state, or its part with rates of its own, as in the table of rates. */
  readonly rates: string;
}

/** Where goods are, for VAT. */
export type Place =
  | StatePlace
  | { readonly kind: 'mixed-rates'; readonly place: string }
  /** Great Britain and the Isle of Man: outside, but for what moves to and from Northern Ireland. */
  | { readonly kind: 'united-kingdom'; readonly place: string }
  | { readonly kind: 'outside'; readonly place: string };

/** Where a country and region lie for VAT. Greece is GR in addresses and EL in VAT ids. */
export function placeOf(country: string, region?: string): Place {
  const letters = treatedAs[country] ?? country;
  const part = region === undefined ? undefined : regionOf(region);
  if (letters === 'GB' || letters === 'IM') {
    return letters === 'GB' && (part === 'XI' || part === 'NIR')
      ? { kind: 'state', state: 'XI', rates: 'XI' }
      : { kind: 'united-kingdom', place: letters };
  }
  if (!states.includes(letters)) return { kind: 'outside', place: letters };
  const place = part === undefined ? letters : `${letters}-${part}`;
  if (outsideTheTerritory.includes(place)) return { kind: 'outside', place };
  if (mixedRates.includes(place)) return { kind: 'mixed-rates', place };
  return { kind: 'state', state: letters, rates: regions[place] ?? letters };
}

const ownCurrency: Readonly<Record<string, string>> = {
  CZ: 'CZK',
  DK: 'DKK',
  HU: 'HUF',
  PL: 'PLN',
  RO: 'RON',
  SE: 'SEK',
  XI: 'GBP',
};

/** The currency in which a state wants its VAT stated. @source Directive 2006/112/EC, article 230 */
export function currencyOf(state: string, on: CalendarDate): Currency {
  if (state === 'BG' && on < '2026-01-01') return 'BGN' as Currency;
  if (state === 'HR' && on < '2023-01-01') return 'HRK' as Currency;
  return (ownCurrency[state] ?? 'EUR') as Currency;
}
