import { day, type GoldenCase, money, no, type TaxableInvoice, type TaxFactName, taxFacts, yes } from 'acorn/plugin';
import { statesVersion } from './states.ts';

const line = (minor: bigint, taxClass = 'standard') => ({ net: money(minor, 'USD'), taxClass });
type Certificates = TaxableInvoice['certificates'];
const invoice = (certificates: Certificates, over: Partial<TaxableInvoice> = {}): TaxableInvoice => ({
  lines: [line(1250_00n)],
  taxPoint: day('2026-10-01'),
  shipToCountry: 'US',
  shipToRegion: 'WA',
  certificates,
  ...over,
});
/** The same, to a state that nobody has named. */
const stateless = (certificates: Certificates): TaxableInvoice => {
  const { shipToRegion: _unsaid, ...rest } = invoice(certificates);
  return rest;
};
const to = (shipToRegion: string) => ({ shipToRegion });
const until = (date: string, over: object = {}) => ({ kind: 'resale', validUntil: day(date), ...over });
const from = (date: string, over: object = {}) => ({ kind: 'resale', validFrom: day(date), ...over });
const unlimited = { kind: 'resale' };
const places: readonly TaxFactName[] = ['taxPoint', 'shipToCountry', 'shipToRegion', 'certificates'];
const mtc = 'Uniform Sales & Use Tax Resale Certificate, Multistate Tax Commission';

const notes = {
  'US-RESALE': {
    en: 'Sale for resale, exempt from sales tax: resale certificate on file',
    es: 'Venta para reventa, exenta del impuesto sobre las ventas: certificado de reventa archivado',
  },
  'US-EXPORT': {
    en: 'Shipped out of the United States: no sales tax',
    es: 'Enviado fuera de los Estados Unidos: sin impuesto',
  },
};

interface Expected {
  readonly rule?: string;
  readonly notes?: readonly { readonly code: string; readonly text: Readonly<Record<string, string>> }[];
  readonly number?: string;
  readonly warnings?: readonly { readonly code: string; readonly message: string }[];
}

const untaxed = (name: string, input: TaxableInvoice, expected: Expected, source = mtc): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'US',
  source,
  input,
  answer: yes({
    rule: expected.rule ?? 'us/resale',
    taxes: [],
    lines: input.lines.map(() => []),
    document: input.kind ?? 'invoice',
    rates: statesVersion,
    facts: taxFacts(input, [...places, ...(input.kind === undefined ? [] : (['kind'] as const))]),
    notes: expected.notes ?? [],
    required: expected.number === undefined ? [] : [{ term: 'resale-certificate', value: expected.number }],
    warnings: expected.warnings ?? [],
  }),
});
const noteOf = (code: keyof typeof notes) => ({ code, text: notes[code] });

/** The certificate holds. @param number the one that is shown */
const shown = (name: string, input: TaxableInvoice, number?: string, source = mtc) =>
  untaxed(name, input, { notes: [noteOf('US-RESALE')], ...(number === undefined ? {} : { number }) }, source);
const warned = (name: string, input: TaxableInvoice, code: string, message: string, source = mtc) =>
  untaxed(name, input, { warnings: [{ code, message }] }, source);
const exported = (name: string, input: TaxableInvoice) =>
  untaxed(
    name,
    input,
    { rule: 'us/export', notes: [noteOf('US-EXPORT')] },
    'Constitution of the United States, export',
  );
const noTaxIn = (name: string, state: string) =>
  untaxed(
    `U1 · ${name} has no sales tax, and wants no certificate`,
    invoice([], to(state)),
    {
      rule: 'us/no-sales-tax',
      notes: [
        {
          code: 'US-NO-SALES-TAX',
          text: { en: `${state} has no general sales tax`, es: `${state} no tiene impuesto general sobre las ventas` },
        },
      ],
    },
    `${name} has no general sales tax`,
  );

const missing = [
  'RESALE_CERTIFICATE_MISSING',
  'No resale certificate is on file: the exemption cannot be shown.',
] as const;
const expired = [
  'RESALE_CERTIFICATE_EXPIRED',
  'The resale certificate on file has expired before 2026-10-01.',
] as const;
const later = [
  'RESALE_CERTIFICATE_NOT_YET_VALID',
  'The resale certificate on file holds only after 2026-10-01.',
] as const;
const elsewhere = (of: string, state: string) =>
  [
    'RESALE_CERTIFICATE_OF_ANOTHER_STATE',
    `The resale certificates on file are of ${of}: none shows the exemption in ${state}.`,
  ] as const;
const wanted = (state: string) =>
  [
    'RESALE_CERTIFICATE_OF_STATE_WANTED',
    `${state} wants its own form, and the certificate on file is for the whole country: ask the buyer for it.`,
  ] as const;
const ownUse = {
  code: 'TAX_NOT_DECIDABLE',
  site: 'US',
  problem: 'NOT_FOR_RESALE',
  message:
    'Goods for the own use of the buyer bear the sales tax of their state, which is not worked out here: invoice them apart, and have their tax decided.',
};
const refused = (name: string, lines: TaxableInvoice['lines']): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'US',
  source: mtc,
  input: invoice([unlimited], { lines }),
  answer: no(ownUse),
});

/** What amazon.com must be answered of tax; the first case is the most ordinary of all. */
export const goldenTax: readonly GoldenCase[] = [
  shown('U1 · goods for resale bear no tax when the certificate is on file', invoice([until('2026-12-31')])),
  shown('U1 · nor with one that has no end', invoice([unlimited])),
  shown('U1 · on its last day it holds', invoice([until('2026-10-01')])),
  shown('U1 · on its first day it holds', invoice([from('2026-10-01')])),
  shown('U1 · its number is to be shown', invoice([until('2026-12-31', { number: '91-1234567' })]), '91-1234567'),
  shown('U1 · a certificate of the state of delivery', invoice([until('2026-12-31', { region: 'WA' })])),
  shown('U1 · the state by its whole code', invoice([until('2026-12-31', { region: 'US-WA' })], to('us-wa'))),
  shown(
    'U1 · one that has expired beside one that holds',
    invoice([until('2025-12-31', { number: 'OLD' }), from('2026-01-01', { number: 'NEW' })]),
    'NEW',
  ),
  shown(
    'U1 · the certificate of another state beside that of this one',
    invoice([until('2026-12-31', { region: 'CA', number: 'C' }), unlimited]),
  ),
  shown('U1 · one for the whole country, to a state that nobody has named', stateless([unlimited])),
  warned('U1 · without a certificate the exemption cannot be shown', invoice([]), ...missing),
  warned('U1 · a paper of another kind is no resale certificate', invoice([{ kind: 'exempt-use' }]), ...missing),
  warned('U1 · nor can it with one that had expired', invoice([until('2026-09-30')]), ...expired),
  warned('U1 · nor with one that begins the day after', invoice([from('2026-10-02')]), ...later),
  warned(
    'U1 · expired and not yet valid: it has expired',
    invoice([until('2026-09-30'), from('2026-10-02')]),
    ...expired,
  ),
  warned(
    'U1 · nor with that of another state',
    invoice([until('2026-12-31', { region: 'CA' })]),
    ...elsewhere('CA', 'WA'),
  ),
  warned(
    'U1 · nor with those of two others',
    invoice([until('2026-12-31', { region: 'TX' }), until('2026-12-31', { region: 'CA' })]),
    ...elsewhere('CA, TX', 'WA'),
  ),
  warned(
    'U1 · that of one state, to a state that nobody has named',
    stateless([until('2026-12-31', { region: 'WA' })]),
    'SHIP_TO_STATE_UNKNOWN',
    'The resale certificates on file are of single states, and the state of delivery is not known.',
  ),
  noTaxIn('Oregon', 'OR'),
  noTaxIn('Delaware', 'DE'),
  noTaxIn('Montana', 'MT'),
  noTaxIn('New Hampshire', 'NH'),
  warned(
    'U1 · Alaska has boroughs with a sales tax',
    invoice([], to('AK')),
    ...missing,
    'Alaska Remote Seller Sales Tax Commission',
  ),
  warned('U1 · New York wants its own form', invoice([unlimited], to('NY')), ...wanted('NY'), 'New York, form ST-120'),
  shown(
    'U1 · and takes it',
    invoice([until('2026-12-31', { region: 'NY' })], to('NY')),
    undefined,
    'New York, form ST-120',
  ),
  warned('U1 · so does Massachusetts', invoice([unlimited], to('MA')), ...wanted('MA'), 'Massachusetts, form ST-4'),
  warned('U1 · Louisiana', invoice([unlimited], to('LA')), ...wanted('LA'), 'Louisiana, form R-1064'),
  warned('U1 · Indiana', invoice([unlimited], to('IN')), ...wanted('IN'), 'Indiana, form ST-105'),
  warned('U1 · and Virginia', invoice([unlimited], to('VA')), ...wanted('VA'), 'Virginia, form ST-10'),
  shown(
    'U1 · Florida’s holds until the end of its year',
    invoice([until('2026-12-31', { region: 'FL' })], to('FL')),
    undefined,
    'Florida, Annual Resale Certificate',
  ),
  warned(
    'U1 · one of Florida that says no year is to be looked at',
    invoice([{ kind: 'resale', region: 'FL' }], to('FL')),
    'RESALE_CERTIFICATE_WITHOUT_END',
    'A resale certificate of FL ends with its year, and the one on file does not say which: look at it.',
    'Florida, Annual Resale Certificate',
  ),
  warned(
    'U1 · last year’s of Florida has expired',
    invoice([until('2025-12-31', { region: 'FL' })], to('FL')),
    ...expired,
    'Florida, Annual Resale Certificate',
  ),
  warned(
    'U1 · Puerto Rico has a sales tax like a state',
    { ...stateless([]), shipToCountry: 'PR' },
    ...missing,
    'Código de Rentas Internas de Puerto Rico',
  ),
  exported('U1 · goods that leave the country', invoice([], { shipToCountry: 'MX', shipToRegion: 'BCN' })),
  exported(
    'U1 · and those that come back from there',
    invoice([], { shipToCountry: 'CA', shipToRegion: 'ON', lines: [line(-5_00n)] }),
  ),
  shown(
    'U1 · lines of any class are for resale',
    invoice([unlimited], { lines: [line(1_00n), line(2_00n, 'food'), line(3_00n, 'clothing')] }),
  ),
  refused('U1 · goods for the buyer’s own use are not', [line(1_00n, 'own-use')]),
  refused('U1 · and are not hidden among others', [line(1_00n), line(2_00n, 'own-use')]),
  shown('C3 · a credit note bears as little', invoice([unlimited], { lines: [line(-1250_00n)], kind: 'credit-note' })),
  warned('C3 · and is warned of the same', invoice([], { lines: [line(-1250_00n)], kind: 'credit-note' }), ...missing),
  shown('U1 · an invoice without lines', invoice([unlimited], { lines: [] })),
];
