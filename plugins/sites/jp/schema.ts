import { type AssessedInvoice, inForce, type SchemaAdditions, type TaxLine, taxAssessmentFields } from 'acorn/plugin';

/** `Invoice.jp`: whether it is a qualified invoice, and its consumption tax by rate. */
export const jpSchema: SchemaAdditions = {
  sdl: `
    extend type Invoice {
      "What only Japan asks of an invoice. Null on invoices of other sites."
      jp: JpInvoiceTax
    }

    "An invoice to Amazon's store in Japan."
    type JpInvoiceTax implements TaxAssessment {
      ${taxAssessmentFields}
      "Whether it may call itself a qualified invoice, which gives its buyer the whole credit."
      qualified: Boolean!
      "The supplier's registration number that holds on the day: T and 13 digits. Null when none is known."
      registrationNumber: String
      "Consumption tax by rate: each rate rounded once, to a whole yen."
      taxPerRate: [JpTaxAtRate!]!
    }

    "What an invoice charges at one rate."
    type JpTaxAtRate {
      "Per cent."
      rate: Decimal!
      "Whether it is the reduced rate, whose lines must be marked."
      reduced: Boolean!
      "Without tax."
      base: Money!
      "The tax."
      tax: Money!
      "The tax in yen, where the invoice is in another currency."
      taxInYen: Money
      "Why there is none. Null where there is tax."
      exemptionCode: String
    }
  `,
  fields: {
    'Invoice.jp': { needs: 'invoice:read', asks: 'tax', resolve: (assessed: AssessedInvoice) => assessed },
    'JpInvoiceTax.qualified': {
      resolve: ({ document = '' }: AssessedInvoice) => document.startsWith('qualified-'),
    },
    'JpInvoiceTax.registrationNumber': {
      resolve: ({ asked: { supplier, taxPoint } }: AssessedInvoice) =>
        supplier?.registrations.find((one) => one.scheme === 'JP-T' && inForce(one, taxPoint))?.number ?? null,
    },
    'JpInvoiceTax.taxPerRate': { resolve: ({ taxes }: AssessedInvoice) => taxes.map(atRate) },
  },
};

const atRate = ({ rate, base, tax, category, inTaxCurrency, exemption }: TaxLine) => ({
  rate,
  reduced: category === 'AA',
  base,
  tax,
  taxInYen: inTaxCurrency?.tax ?? null,
  exemptionCode: exemption?.code ?? null,
});
