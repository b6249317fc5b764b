import type { TaxAnswer, TaxableInvoice } from 'acorn/plugin';
import { provinces } from './provinces.ts';

/**
 * The buyer's number that frees goods for resale of PST or RST; or why the tax is charged.
 * @source BC Bulletin PST 104; Saskatchewan PST-5; Manitoba Bulletin 004: the number stands on the invoice
 */
export function resaleOf({ certificates, shipToRegion = '', taxPoint }: TaxableInvoice): {
  readonly number?: string;
  readonly warnings: TaxAnswer['warnings'];
} {
  const { provincial } = provinces[shipToRegion] ?? {};
  if (provincial !== 'PST' && provincial !== 'RST') return { warnings: [] };
  const charged = (code: string, why: string) => ({
    warnings: [{ code, message: `${provincial} is charged on goods for resale: ${why}.` }],
  });
  const here = certificates.filter(
    ({ kind, region }) => kind === 'resale' && (region === undefined || region === shipToRegion),
  );
  if (here.length === 0)
    return charged('RESALE_NUMBER_MISSING', `the buyer's number in ${shipToRegion} is not on file`);
  const inForce = here.filter(({ validUntil }) => validUntil === undefined || validUntil >= taxPoint);
  if (inForce.length === 0)
    return charged('RESALE_CERTIFICATE_EXPIRED', `the certificate has expired before ${taxPoint}`);
  const number = inForce.map((one) => one.number).find((one) => one !== undefined && one.trim() !== '');
  if (number === undefined) return charged('RESALE_NUMBER_MISSING', 'the certificate on file has no number to print');
  return { number, warnings: [] };
}
