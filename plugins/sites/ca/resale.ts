import { inForce, regionCode, type TaxAnswer, type TaxableInvoice } from 'acorn/plugin';
import { provinces } from './provinces.ts';

/**
 * The buyer's number that frees goods for resale of PST or RST; or why the tax is charged.
 * @source BC Bulletin PST 104; Saskatchewan PST-5; Manitoba Bulletin 004: the number stands on the invoice
 */
export function resaleOf({ certificates, shipToRegion = '', taxPoint }: TaxableInvoice): {
  readonly number?: string;
  readonly warnings: TaxAnswer['warnings'];
} {
  const province = regionCode(shipToRegion);
  const { provincial } = provinces[province] ?? {};
  if (provincial !== 'PST' && provincial !== 'RST') return { warnings: [] };
  const charged = (code: string, why: string) => ({
    warnings: [{ code, message: `${provincial} is charged on goods for resale: ${why}.` }],
  });
  const here = certificates.filter(
    ({ kind, region }) => kind === 'resale' && (region === undefined || regionCode(region) === province),
  );
  if (here.length === 0) return charged('RESALE_NUMBER_MISSING', `the buyer's number in ${province} is not on file`);
  const valid = here.filter((certificate) => inForce(certificate, taxPoint));
  if (valid.length === 0) {
    return here.some(({ validUntil }) => validUntil !== undefined && validUntil < taxPoint)
      ? charged('RESALE_CERTIFICATE_EXPIRED', `the certificate has expired before ${taxPoint}`)
      : charged('RESALE_CERTIFICATE_NOT_YET_VALID', `the certificate holds only after ${taxPoint}`);
  }
  const number = valid.map((one) => one.number).find((one) => one !== undefined && one.trim() !== '');
  if (number === undefined) return charged('RESALE_NUMBER_MISSING', 'the certificate on file has no number to print');
  return { number, warnings: [] };
}
