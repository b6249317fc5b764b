import type { TaxProfileConfig } from './define-config.ts';

/**
 * What the owners of the demo's accounts would have written down, by account. The vendors' own numbers are those that
 * the simulated documents print; each has the shape and the check digit of its kind, and none is anybody's.
 */
export const demoTaxProfiles: Readonly<Record<string, TaxProfileConfig>> = {
  'Larkfield Home US': {
    name: 'Larkfield Home Goods Inc.',
    establishedIn: 'US',
    registrations: [],
    certificates: [{ kind: 'resale', number: 'MTC-2024-0418', validFrom: '2024-04-18', validUntil: '2029-12-31' }],
    shipsFrom: { country: 'US', region: 'NV' },
  },
  'Larkfield Home CA': {
    name: 'Larkfield Home Goods Canada Ltd.',
    establishedIn: 'CA',
    registrations: [{ scheme: 'CA-GST', number: '81239 4419 RT0001' }],
    certificates: [{ kind: 'resale', region: 'BC', number: 'PST-1042-7719' }],
    shipsFrom: { country: 'CA', region: 'ON' },
  },
  'Lärchenfeld DE': {
    name: 'Lärchenfeld Haushaltswaren GmbH',
    establishedIn: 'DE',
    registrations: [{ scheme: 'EU-VAT', number: 'DE290314572' }],
    shipsFrom: { country: 'DE' },
  },
  'Hibari JP': {
    name: '株式会社ひばり生活',
    establishedIn: 'JP',
    registrations: [{ scheme: 'JP-T', number: 'T1010601041226', validFrom: '2023-10-01' }],
    shipsFrom: { country: 'JP', region: '東京都' },
    rounding: 'truncate',
  },
};
