import type { Requirement } from 'acorn/plugin';

const article226 = (point: string): string => `Directive 2006/112/EC, article 226(${point})`;

/** What an invoice must say wherever the directive holds. States may not ask for more, except where it lets them. */
export const requirements: readonly Requirement[] = [
  { field: 'issuedOn', source: article226('1') },
  { field: 'number', source: article226('2') },
  { field: 'supplier.registrations', scheme: 'EU-VAT', source: article226('3') },
  { field: 'buyer.taxId', categories: ['AE', 'K'], source: article226('4') },
  { field: 'supplier.name', source: article226('5') },
  { field: 'supplier.address', source: article226('5') },
  { field: 'buyer.name', source: article226('5') },
  { field: 'buyer.address', source: article226('5') },
  { field: 'lines.description', source: article226('6') },
  { field: 'lines.quantity', source: article226('6') },
  { field: 'suppliedOn', source: article226('7') },
  { field: 'lines.unitCost', source: article226('8') },
  { field: 'tax.rates', source: article226('9') },
  { field: 'tax.total', source: article226('10') },
  { field: 'terms', source: 'EN 16931-1, BR-CO-25: a due date or payment terms, where an amount is due' },
];
