import { day, decimal, type Requirement } from 'acorn/plugin';

const source = 'Input Tax Credit Information (GST/HST) Regulations, section 3';
const since = day('2021-04-20');
const until = day('2021-04-19');

/** Without these the buyer has no credit: some of every invoice, more of larger ones. Raised in 2021. */
const ofEvery: Requirement['field'][] = ['supplier.name', 'issuedOn'];
const ofMiddling: Pick<Requirement, 'field' | 'scheme'>[] = [
  { field: 'tax.total' },
  { field: 'tax.lines' },
  { field: 'supplier.registrations', scheme: 'CA-GST' },
];
const ofLarge: Requirement['field'][] = ['buyer.name', 'lines.description', 'terms'];
const cad = (total: string) => ({ total: decimal(total), currency: 'CAD' });

/** What an invoice must say so that its buyer may take the tax back, by its total in Canadian dollars. */
export const requirements: readonly Requirement[] = [
  ...ofEvery.map((field) => ({ field, source })),
  ...ofMiddling.flatMap((row) => [
    { ...row, from: cad('30'), until, source },
    { ...row, from: cad('100'), since, source },
  ]),
  ...ofLarge.flatMap((field) => [
    { field, from: cad('150'), until, source },
    { field, from: cad('500'), since, source },
  ]),
  {
    field: 'supplier.registrations',
    scheme: 'CA-QST',
    tax: 'QST',
    source: 'Act respecting the Québec sales tax, section 425',
  },
];
