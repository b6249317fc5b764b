import {
  type AssessedInvoice,
  type Certificate,
  inForce,
  regionCode,
  type SchemaAdditions,
  taxAssessmentFields,
} from 'acorn/plugin';

/** `Invoice.us`: why it bears no sales tax, and what shows it. */
export const usSchema: SchemaAdditions = {
  sdl: `
    extend type Invoice {
      "What only the United States ask of an invoice. Null on invoices of other sites."
      us: UsInvoiceTax
    }

    "An invoice to Amazon's store in the United States."
    type UsInvoiceTax implements TaxAssessment {
      ${taxAssessmentFields}
      "The resale certificate that shows why there is no sales tax: one that holds on the day, else the last one on file. Null when none is."
      resaleCertificate: UsResaleCertificate
    }

    "A resale certificate of the buyer, on file with the supplier."
    type UsResaleCertificate {
      "Its number."
      number: String
      "The state that issued it. Null when it holds in all that accept it."
      region: String
      "Its first day. Null when it has none."
      validFrom: Date
      "Its last day. Null when it has none."
      validUntil: Date
      "Whether it holds on the day that decides."
      state: UsCertificateState!
    }

    "Whether a certificate holds on a day."
    enum UsCertificateState {
      "It holds."
      VALID
      "Its last day has passed."
      EXPIRED
      "Its first day is still to come."
      NOT_YET_VALID
    }
  `,
  fields: {
    'Invoice.us': { needs: 'invoice:read', asks: 'tax', resolve: (assessed: AssessedInvoice) => assessed },
    'UsInvoiceTax.resaleCertificate': { resolve: resaleCertificate },
  },
};

function resaleCertificate({ asked: { certificates, shipToRegion = '', taxPoint } }: AssessedInvoice) {
  const here = certificates.filter(
    ({ kind, region }) =>
      kind === 'resale' && (region === undefined || regionCode(region) === regionCode(shipToRegion)),
  );
  const shown = here.find((one) => inForce(one, taxPoint)) ?? [...here].sort(byLastDay).at(-1);
  if (shown === undefined) return null;
  const { number = null, region = null, validFrom = null, validUntil = null } = shown;
  const state = inForce(shown, taxPoint)
    ? 'VALID'
    : validFrom !== null && taxPoint < validFrom
      ? 'NOT_YET_VALID'
      : 'EXPIRED';
  return { number, region, validFrom, validUntil, state };
}

/** One without a last day comes after all others. */
const byLastDay = ({ validUntil: a }: Certificate, { validUntil: b }: Certificate): number =>
  (a ?? '9999') < (b ?? '9999') ? -1 : 1;
