// Payment terms in normal form, what they are read from, and the days they lead to.
export * from './agreement.ts';
export * from './amazon.ts';
export type { Cannot } from './cannot-map.ts';
export * from './due-date.ts';
export * from './legal-limits.ts';
export * from './payment-clock.ts';
export * from './settlement.ts';
export * from './stated-terms.ts';
export * from './terms.ts';
export * from './to-amazon.ts';
export * from './to-itd.ts';
export * from './vendor-central-clock.ts';
