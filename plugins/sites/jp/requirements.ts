import { day, type Requirement } from 'acorn/plugin';

const since = day('2023-10-01');
const source = 'Consumption Tax Act, article 57-4(1): what a qualified invoice says';

/** Without these it is no qualified invoice, and the buyer's credit is partial. */
export const requirements: readonly Requirement[] = [
  { field: 'supplier.name', since, source },
  { field: 'supplier.registrations', scheme: 'JP-T', since, source },
  { field: 'suppliedOn', since, source },
  { field: 'lines.description', since, source },
  { field: 'tax.rates', since, source },
  { field: 'tax.total', since, source },
  { field: 'buyer.name', since, source },
];
