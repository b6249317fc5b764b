/** A day on which banks are closed. */
export type Holiday =
  | { readonly kind: 'every-year' /** `MM-DD` */; readonly on: string }
  | { readonly kind: 'monday'; readonly nth: number /** 1 to 12 */; readonly month: number }
  | { readonly kind: 'from-easter' /** From Easter Sunday: Good Friday is -2. */; readonly days: number }
  | { readonly kind: 'once' /** `YYYY-MM-DD` */; readonly on: string };

/** Years of which every holiday below is known. Outside them a day is refused, never taken for open. */
export const knownYears: readonly [number, number] = [2026, 2028];

/** @source an example: name the law, or the list of the central bank */
export const bankHolidays: readonly Holiday[] = [
  { kind: 'every-year', on: '01-01' },
  { kind: 'every-year', on: '12-25' },
];
