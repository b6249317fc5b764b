import { type Result, type SiteRefusal, type TaxAnswer, type TaxableInvoice, yes } from 'acorn/plugin';

/**
 * Sales for resale are exempt from state sales tax when the buyer's resale certificate is on file. There is no federal
 * sales tax, and a vendor's goods to Amazon are for resale, so the list is empty; a missing or expired certificate is a
 * warning, since the exemption then cannot be shown.
 * @source Uniform Sales & Use Tax Resale Certificate, Multistate Tax Commission (2024 revision)
 */
export function resaleTax({ certificates, taxPoint }: TaxableInvoice): Result<TaxAnswer, SiteRefusal> {
  const resale = certificates.filter(({ kind }) => kind === 'resale');
  const valid = resale.some(({ validUntil }) => validUntil === undefined || validUntil >= taxPoint);
  const warning =
    resale.length === 0
      ? {
          code: 'RESALE_CERTIFICATE_MISSING',
          message: 'No resale certificate is on file: the exemption cannot be shown.',
        }
      : {
          code: 'RESALE_CERTIFICATE_EXPIRED',
          message: `The resale certificate on file has expired before ${taxPoint}.`,
        };
  return yes({ rule: 'us/resale', taxes: [], warnings: valid ? [] : [warning] });
}
