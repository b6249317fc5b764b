import {
  type AssessedInvoice,
  inForce,
  type LineTax,
  type SchemaAdditions,
  type TaxCategory,
  taxAssessmentFields,
} from 'acorn/plugin';

/** `Invoice.ca`: its taxes side by side, the status of each line, and the numbers that must be printed. */
export const caSchema: SchemaAdditions = {
  sdl: `
    extend type Invoice {
      "What only Canada asks of an invoice. Null on invoices of other sites."
      ca: CaInvoiceTax
    }

    "An invoice to Amazon's store in Canada."
    type CaInvoiceTax implements TaxAssessment {
      ${taxAssessmentFields}
      "The province or territory of delivery, whose taxes it bears. Null for an export."
      province: String
      "The status of each line, which is shown where lines differ."
      lines: [CaLineStatus!]!
      "The supplier's GST/HST account that holds on the day, to be printed. Null when none is known."
      gstNumber: String
      "The supplier's QST registration that holds on the day, to be printed where QST is charged. Null when none is known."
      qstNumber: String
      "The buyer's number that frees goods for resale of PST or RST, to be printed. Null when the tax is charged, or there is none."
      resaleNumber: String
    }

    "What a line bears."
    type CaLineStatus {
      "Number of the line."
      lineNumber: String!
      "Its status for GST and HST."
      status: CaSupplyStatus!
      "Each tax it bears, by rule."
      taxes: [CaLineTax!]!
    }

    "A tax that a line bears."
    type CaLineTax {
      "The rule that made it, such as ca/gst."
      rule: String!
      "By UN/CEFACT code list 5305."
      category: String!
      "Per cent."
      rate: Decimal!
    }

    "How a supply stands for GST and HST."
    enum CaSupplyStatus {
      "At a rate above nothing."
      TAXABLE
      "At nothing, with credit: basic groceries."
      ZERO_RATED
      "At nothing, since it leaves Canada."
      EXPORT
    }
  `,
  fields: {
    'Invoice.ca': { needs: 'invoice:read', asks: 'tax', resolve: (assessed: AssessedInvoice) => assessed },
    'CaInvoiceTax.province': {
      resolve: ({ asked }: AssessedInvoice) => (asked.shipToCountry === 'CA' ? (asked.shipToRegion ?? null) : null),
    },
    'CaInvoiceTax.lines': {
      resolve: ({ lines = [], lineNumbers }: AssessedInvoice) =>
        lines.map((taxes, at) => ({ lineNumber: lineNumbers[at] ?? '', status: statusOf(taxes), taxes: [...taxes] })),
    },
    'CaInvoiceTax.gstNumber': { resolve: numberOf('CA-GST') },
    'CaInvoiceTax.qstNumber': { resolve: numberOf('CA-QST') },
    'CaInvoiceTax.resaleNumber': {
      resolve: ({ taxes }: AssessedInvoice) =>
        taxes.find(({ exemption }) => exemption?.reference !== undefined)?.exemption?.reference ?? null,
    },
  },
};

/** The first tax of a line is the federal one, alone or joined with the province's. */
function statusOf([federal]: readonly LineTax[]): 'TAXABLE' | 'ZERO_RATED' | 'EXPORT' {
  const status: Partial<Record<TaxCategory, 'ZERO_RATED' | 'EXPORT'>> = { Z: 'ZERO_RATED', G: 'EXPORT' };
  return (federal && status[federal.category]) ?? 'TAXABLE';
}

function numberOf(scheme: string) {
  return ({ asked: { supplier, taxPoint } }: AssessedInvoice): string | null =>
    supplier?.registrations.find((one) => one.scheme === scheme && inForce(one, taxPoint))?.number ?? null;
}
