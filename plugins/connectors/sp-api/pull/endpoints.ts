import { UpstreamRefused } from 'acorn/plugin';
import type { Settings } from './settings.ts';

type Region = 'na' | 'eu' | 'fe';

/**
 * Which regional endpoint answers for a store.
 * @source developer-docs.amazon.com/sp-api, "Marketplace IDs" and "SP-API Endpoints"
 */
const regions: Readonly<Record<Region, readonly string[]>> = {
  na: [
    'ATVPDKIKX0DER', // US
    'A2EUQ1WTGCTBG2', // CA
    'A1AM78C64UM0Y8', // MX
    'A2Q3Y263D00KWC', // BR
  ],
  eu: [
    'A1F83G8C2ARO7P', // GB
    'A1PA6795UKMFR9', // DE
    'A13V1IB3VIYZZH', // FR
    'APJ6JRA9NG5V4', // IT
    'A1RKKUPIHCS9HS', // ES
    'A1805IZSGTT6HS', // NL
    'A2NODRKZP88ZB9', // SE
    'A1C3SOZRARQ6R3', // PL
    'AMEN7PMS3EDWL', // BE
    'A28R8C7NBKEWEA', // IE
    'A33AVAJ2PDY3EV', // TR
    'A2VIGQ35RCS4UG', // AE
    'A17E79C6D8DWNP', // SA
    'ARBP9OOSHTCHU', // EG
    'AE08WJ6YKNBMC', // ZA
    'A21TJRUUN4KGV', // IN
  ],
  fe: [
    'A1VC38T7YXB528', // JP
    'A39IBJ37TRP1C6', // AU
    'A19VAU5U5O7RUS', // SG
  ],
};

const hostOf = (region: string) => `sellingpartnerapi-${region}.amazon.com`;
const loginHost = 'api.amazon.com';

/** Whom the connector talks to, unless an account overrides it. */
export const hosts: readonly string[] = [loginHost, ...Object.keys(regions).map(hostOf)];

export interface Endpoints {
  /** Operations follow: `https://sellingpartnerapi-na.amazon.com`. */
  readonly api: string;
  /** Login with Amazon. */
  readonly token: string;
}

/** Where an account's store is asked. An overridden endpoint also logs in there: its credentials are not Amazon's. */
export function endpointsOf(marketplaceId: string, settings: Settings): Endpoints {
  const region = (Object.keys(regions) as Region[]).find((name) => regions[name].includes(marketplaceId));
  if (region === undefined) {
    throw new UpstreamRefused('UNKNOWN_MARKETPLACE', `No endpoint is known for the marketplace ${marketplaceId}.`);
  }
  const base = settings.endpoint?.replace(/\/+$/, '');
  return {
    api: base === undefined ? `https://${hostOf(region)}` : `${base}/${region}`,
    token: settings.tokenUrl ?? (base === undefined ? `https://${loginHost}/auth/o2/token` : `${base}/auth/o2/token`),
  };
}
