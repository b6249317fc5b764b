// The vendors of the simulated world: who they are, what they are paid in, how to log in as them.

export type SiteName = 'US' | 'CA' | 'EU' | 'JP';
export type Region = 'na' | 'eu' | 'fe';

/** One vendor group in one region, selling to one marketplace. */
export interface SimulatedAccount {
  readonly name: string;
  readonly site: SiteName;
  readonly marketplaceId: string;
  readonly region: Region;
  readonly vendorName: string;
  /** At least one; orders are spread over all of them, mostly the first. */
  readonly vendorCodes: readonly [string, ...string[]];
  readonly vendorGroupId: string;
  readonly payeeCode: string;
  readonly currency: string;
  /** Digits behind the point of the currency: 2, or 0 for yen. */
  readonly minorDigits: 0 | 2;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** How many orders a month on average, stories included. */
  readonly ordersPerMonth: number;
}

// One application connects every vendor, as an integrator's would. Nothing here opens anything real.
const application = {
  clientId: 'amzn1.application-oa2-client.simulated0acorn',
  clientSecret: 'amzn1.oa2-cs.v1.simulated0secret',
} as const;

/** Four vendors, one per site, in three regions: the accounts of the demo. */
export const demoAccounts: readonly SimulatedAccount[] = [
  {
    ...application,
    name: 'Larkfield Home US',
    site: 'US',
    marketplaceId: 'ATVPDKIKX0DER',
    region: 'na',
    vendorName: 'Larkfield Home Goods Inc.',
    vendorCodes: ['LARK1', 'LARKW'],
    vendorGroupId: '5210440',
    payeeCode: 'LARKU',
    currency: 'USD',
    minorDigits: 2,
    refreshToken: 'Atzr|simulated-larkfield-us',
    ordersPerMonth: 90,
  },
  {
    ...application,
    name: 'Larkfield Home CA',
    site: 'CA',
    marketplaceId: 'A2EUQ1WTGCTBG2',
    region: 'na',
    vendorName: 'Larkfield Home Goods Canada Ltd.',
    vendorCodes: ['LARKC'],
    vendorGroupId: '5210587',
    payeeCode: 'LARKA',
    currency: 'CAD',
    minorDigits: 2,
    refreshToken: 'Atzr|simulated-larkfield-ca',
    ordersPerMonth: 35,
  },
  {
    ...application,
    name: 'Lärchenfeld DE',
    site: 'EU',
    marketplaceId: 'A1PA6795UKMFR9',
    region: 'eu',
    vendorName: 'Lärchenfeld Haushaltswaren GmbH',
    vendorCodes: ['LARCD', 'LARCE'],
    vendorGroupId: '6120931',
    payeeCode: 'LARCP',
    currency: 'EUR',
    minorDigits: 2,
    refreshToken: 'Atzr|simulated-laerchenfeld-de',
    ordersPerMonth: 50,
  },
  {
    ...application,
    name: 'Hibari JP',
    site: 'JP',
    marketplaceId: 'A1VC38T7YXB528',
    region: 'fe',
    vendorName: '株式会社ひばり生活',
    vendorCodes: ['HIBAR'],
    vendorGroupId: '7330215',
    payeeCode: 'HIBAP',
    currency: 'JPY',
    minorDigits: 0,
    refreshToken: 'Atzr|simulated-hibari-jp',
    ordersPerMonth: 35,
  },
];
