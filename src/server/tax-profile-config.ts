import { z } from 'zod';
import { parseDay } from '../base/calendar-date.ts';
import { plainJson } from '../base/canonical-json.ts';
import { roundings } from '../domain/tax/rounding.ts';
import type { TaxProfile } from '../seams/tax-profile.ts';
import type { TaxProfileConfig } from './define-config.ts';

const text = (what: string) =>
  z
    .string({ error: `write ${what}` })
    .trim()
    .min(1, { error: `write ${what}` });
const country = text('a country such as "DE"').regex(/^[A-Z]{2}$/, { error: 'write a country such as "DE"' });
const calendarDay = text('a day such as "2026-11-23"').transform((written, check) => {
  const read = parseDay(written);
  if (read !== undefined) return read;
  check.addIssue({ code: 'custom', message: 'write a day that exists, such as "2026-11-23"' });
  return z.NEVER;
});

const validity = { validFrom: calendarDay.optional(), validUntil: calendarDay.optional() };
const inOrder = {
  check: ({ validFrom, validUntil }: { validFrom?: string | undefined; validUntil?: string | undefined }) =>
    validFrom === undefined || validUntil === undefined || validFrom <= validUntil,
  says: { error: 'write a last day that is not before the first', path: ['validUntil'] },
};

const registration = z
  .strictObject({
    scheme: text('what it is registered for, such as "EU-VAT", "JP-T" or "CA-GST"'),
    number: text('the number, as it is printed'),
    region: text('the region it holds in, such as "BC"').optional(),
    ...validity,
  })
  .refine(inOrder.check, inOrder.says);

const certificate = z
  .strictObject({
    kind: text('what it is, such as "resale"'),
    number: text('the number that is printed on invoices').optional(),
    region: text('the region that issued it, such as "WA"').optional(),
    ...validity,
  })
  .refine(inOrder.check, inOrder.says);

/** What an operator writes of an account's taxes. Whether a number is one, its site says; see `registerAccounts`. */
export const taxProfileShape = z.strictObject({
  name: text('the name it invoices under').optional(),
  establishedIn: country.optional(),
  registrations: z.array(registration, { error: 'write a list of registrations; [] says that there are none' }),
  certificates: z.array(certificate, { error: 'write a list of certificates' }).default([]),
  shipsFrom: z.strictObject({ country, region: text('a region such as "ON"').optional() }).optional(),
  rounding: z.enum(roundings, { error: `write one of ${roundings.join(', ')}` }).optional(),
  priceBasis: z.enum(['net', 'gross'], { error: 'write net or gross' }).optional(),
});

/** The profile as it is kept: what was left out is absent. Throws on what `taxProfileShape` refuses. */
export const taxProfileOf = (written: TaxProfileConfig): TaxProfile =>
  plainJson(taxProfileShape.parse(written)) as TaxProfile;
