import type { CalendarDate } from '../base/calendar-date.ts';
import type { Certificate, TaxableInvoice, TaxRegistration } from './site.ts';

/** A member of the invoice that can decide its tax, beside its lines. */
export type TaxFactName = Exclude<keyof TaxableInvoice, 'lines'>;

/** What a rule looked at to reach its answer, in words. */
export interface TaxFact {
  readonly name: TaxFactName;
  /** Left out when nobody has said: that it was not known decided, then. */
  readonly value?: string;
}

/** The facts of an invoice by their names, in that order: the trace of an answer. */
export const taxFacts = (invoice: TaxableInvoice, names: readonly TaxFactName[]): TaxFact[] =>
  names.map((name) => {
    const value = factOf(invoice, name);
    return value === undefined ? { name } : { name, value };
  });

/** The choices somebody made; those that are left out have their usual meaning, and are no facts. */
export const choicesMade = (invoice: TaxableInvoice, ...choices: readonly TaxFactName[]): TaxFactName[] =>
  choices.filter((name) => invoice[name] !== undefined);

function factOf(invoice: TaxableInvoice, name: TaxFactName): string | undefined {
  switch (name) {
    case 'supplier': {
      const { supplier } = invoice;
      if (supplier === undefined) return undefined;
      const registered = supplier.registrations.map(registrationText).join(', ') || 'registered nowhere';
      return supplier.establishedIn === undefined
        ? registered
        : `established in ${supplier.establishedIn}; ${registered}`;
    }
    case 'certificates':
      return invoice.certificates.map(certificateText).join(', ') || 'none';
    case 'taxCurrency': {
      const { taxCurrency } = invoice;
      return taxCurrency && `${taxCurrency.currency} at ${taxCurrency.rate}, ${taxCurrency.source}`;
    }
    default:
      return invoice[name];
  }
}

const registrationText = ({ scheme, number, validFrom, validUntil }: TaxRegistration): string =>
  `${scheme} ${number}${period(validFrom, validUntil)}`;

const certificateText = ({ kind, number, region, validFrom, validUntil }: Certificate): string =>
  [kind, number, region && `of ${region}`].filter((part) => part !== undefined).join(' ') +
  period(validFrom, validUntil);

const period = (from: CalendarDate | undefined, until: CalendarDate | undefined): string =>
  (from === undefined ? '' : ` from ${from}`) + (until === undefined ? '' : ` until ${until}`);
