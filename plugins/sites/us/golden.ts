import { type Currency, day, type GoldenCase, money, no, type TaxableInvoice, yes } from 'acorn/plugin';

const invoice = (certificates: TaxableInvoice['certificates']): TaxableInvoice => ({
  lines: [{ net: money(125_000n, 'USD' as Currency), taxClass: 'standard' }],
  taxPoint: day('2026-10-01'),
  shipToCountry: 'US',
  shipToRegion: 'WA',
  certificates,
});
const untaxed = (...warnings: readonly { readonly code: string; readonly message: string }[]) =>
  yes({ rule: 'us/resale', taxes: [], warnings });

/** What amazon.com must be answered, case by case. */
export const golden: readonly GoldenCase[] = [
  {
    rule: 'tax',
    name: 'goods for resale bear no tax when the certificate is on file',
    site: 'US',
    input: invoice([{ kind: 'resale', validUntil: day('2026-12-31') }]),
    answer: untaxed(),
  },
  {
    rule: 'tax',
    name: 'without a certificate the exemption cannot be shown',
    site: 'US',
    input: invoice([]),
    answer: untaxed({
      code: 'RESALE_CERTIFICATE_MISSING',
      message: 'No resale certificate is on file: the exemption cannot be shown.',
    }),
  },
  {
    rule: 'tax',
    name: 'nor with one that had expired',
    site: 'US',
    input: invoice([{ kind: 'resale', validUntil: day('2026-09-30') }]),
    answer: untaxed({
      code: 'RESALE_CERTIFICATE_EXPIRED',
      message: 'The resale certificate on file has expired before 2026-10-01.',
    }),
  },
  {
    rule: 'payday',
    name: 'Thanksgiving pays on the Friday after it',
    site: 'US',
    input: day('2026-11-26'),
    answer: yes(day('2026-11-27')),
  },
  {
    rule: 'payday',
    name: 'the Fourth of July on a Saturday is kept on no other day: the Friday before pays',
    site: 'US',
    input: day('2026-07-03'),
    answer: yes(day('2026-07-03')),
  },
  {
    rule: 'payday',
    name: 'on a Sunday it is kept on Monday, and Tuesday pays',
    site: 'US',
    input: day('2027-07-03'),
    answer: yes(day('2027-07-06')),
  },
  {
    rule: 'payday',
    name: 'beyond the published holidays nothing is guessed',
    site: 'US',
    input: day('2033-01-03'),
    answer: no({ code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2022, 2032] }),
  },
];
