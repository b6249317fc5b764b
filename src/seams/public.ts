// The public contract, imported as `acorn/plugin`: all a plugin may know of Acorn.

export type { Brand } from '../base/brand.ts';
export * from '../base/calendar-date.ts';
export { sha256 } from '../base/canonical-json.ts';
export type { Currency } from '../base/currency.ts';
export { asCurrency, minorDigits } from '../base/currency.ts';
export * from '../base/decimal.ts';
export * from '../base/eaches.ts';
export type * from '../base/ids.ts';
export * from '../base/instant.ts';
export { invariant, never } from '../base/invariant.ts';
export * from '../base/money.ts';
export * from '../base/months.ts';
export * from '../base/result.ts';
export * from '../domain/bank-calendar.ts';
export type { ClosedDay, Holiday, HolidayRule } from '../domain/bank-holidays.ts';
export type * from '../domain/changes.ts';
export type * from '../domain/facts.ts';
export { factId } from '../domain/order.ts';
export * from '../domain/payment-terms/index.ts';
export * from '../domain/roll.ts';
export * from './connector.ts';
export * from './plugin.ts';
export type * from './schema.ts';
export * from './site.ts';
export type * from './standard-schema.ts';
