import type { Party } from 'acorn/plugin';
import type { Part } from './part.ts';
import { stated } from './stated.ts';

/** Three-letter country codes met where two letters belong. @source ISO 3166-1, countries of Amazon's vendor stores */
const alpha2: Readonly<Record<string, string>> = {
  USA: 'US',
  CAN: 'CA',
  MEX: 'MX',
  BRA: 'BR',
  GBR: 'GB',
  DEU: 'DE',
  FRA: 'FR',
  ITA: 'IT',
  ESP: 'ES',
  NLD: 'NL',
  SWE: 'SE',
  POL: 'PL',
  BEL: 'BE',
  LUX: 'LU',
  IRL: 'IE',
  TUR: 'TR',
  JPN: 'JP',
  AUS: 'AU',
  SGP: 'SG',
  IND: 'IN',
  CHN: 'CN',
};

/** A party under any of Amazon's spellings: `postalCode` or `postalOrZipCode`, one tax registration or a list. */
export function party(part: Part, name: string): Party | undefined {
  const found = part.member(name);
  if (found === undefined) return undefined;
  const address = found.member('address');
  const lines = ['addressLine1', 'addressLine2', 'addressLine3'].flatMap((line) => address?.text(line) ?? []);
  const registration = found.member('taxInfo') ?? found.list('taxRegistrationDetails')[0];
  return stated<Party>({
    id: found.needText('partyId'),
    name: address?.text('name'),
    addressLines: lines.length === 0 ? undefined : lines,
    city: address?.text('city'),
    region: address?.text('stateOrRegion'),
    postalCode: address?.text('postalCode') ?? address?.text('postalOrZipCode'),
    countryCode: address && country(address),
    taxId: registration?.text('taxRegistrationNumber'),
  });
}

/** The identifier alone: which vendor code sells. */
export const partyId = (part: Part, name: string): string | undefined => part.member(name)?.text('partyId');

function country(address: Part): string | undefined {
  const code = address.member('countryCode');
  if (code === undefined) return undefined;
  const text = code.asText();
  if (/^[A-Z]{2}$/.test(text)) return text;
  const meant = alpha2[text.toUpperCase()];
  code.warn(meant === undefined ? 'UNKNOWN_VALUE' : 'NORMALISED', text);
  return meant ?? text;
}
