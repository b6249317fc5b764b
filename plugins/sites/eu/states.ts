import type { CalendarDate, Currency } from 'acorn/plugin';

/** The 27, by the letters of their VAT ids, and Northern Ireland, where the directive holds for goods. */
export const states: readonly string[] = [
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'EL', 'ES', 'FI', 'FR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV'],
  ...['MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK', 'XI'],
];

/**
 * Parts of a state where its VAT is not, or has other rates: refused rather than taxed like the mainland.
 * @source Directive 2006/112/EC, articles 6, 104, 105, 120
 */
const special: readonly string[] = [
  ...['ES-CN', 'ES-GC', 'ES-TF', 'ES-CE', 'ES-ML', 'PT-20', 'PT-30', 'FI-01', 'EL-69'],
  ...['FR-971', 'FR-972', 'FR-973', 'FR-974', 'FR-976', 'FR-20', 'FR-20R', 'FR-2A', 'FR-2B'],
];

export type Place =
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'special'; readonly place: string }
  | { readonly kind: 'outside' };

/** Where a country and region lie for VAT. Greece is GR in addresses and EL in VAT ids. */
export function placeOf(country: string, region?: string): Place {
  if (country === 'GB' && (region === 'XI' || region === 'NIR' || region === 'GB-NIR'))
    return { kind: 'state', state: 'XI' };
  const state = country === 'GR' ? 'EL' : country;
  if (!states.includes(state)) return { kind: 'outside' };
  const place = region === undefined ? state : `${state}-${region.replace(/^[A-Z]{2}-/, '')}`;
  return special.includes(place) ? { kind: 'special', place } : { kind: 'state', state };
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
