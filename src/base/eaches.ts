import type { Brand } from './brand.ts';

/** A count of single sellable units. Everything past ingest counts eaches; cases end at the connector. Signed in corrections. */
export type Eaches = Brand<number, 'Eaches'>;

/** A whole number of eaches, or `undefined` for anything a count cannot be. */
export const asEaches = (count: number): Eaches | undefined =>
  Number.isSafeInteger(count) && Math.abs(count) <= 2_147_483_647 ? (count as Eaches) : undefined;

export const eaches = (count: number): Eaches => {
  const checked = asEaches(count);
  if (checked === undefined) throw new RangeError(`not a count of eaches: ${count}`);
  return checked;
};
export const none = 0 as Eaches;
export const plus = (a: Eaches, b: Eaches): Eaches => (a + b) as Eaches;
export const minus = (a: Eaches, b: Eaches): Eaches => (a - b) as Eaches;
