/** An Amazon store that a new site plugin can begin with. */
export interface KnownStore {
  readonly name: string;
  readonly marketplaceId: string;
  readonly currency: string;
  readonly timeZone: string;
}

/** Stores for which Acorn brings no site, by country. @source Selling Partner API, marketplace ids */
const stores: Readonly<Record<string, KnownStore>> = {
  AE: { name: 'United Arab Emirates', marketplaceId: 'A2VIGQ35RCS4UG', currency: 'AED', timeZone: 'Asia/Dubai' },
  AU: { name: 'Australia', marketplaceId: 'A39IBJ37TRP1C6', currency: 'AUD', timeZone: 'Australia/Sydney' },
  BR: { name: 'Brazil', marketplaceId: 'A2Q3Y263D00KWC', currency: 'BRL', timeZone: 'America/Sao_Paulo' },
  EG: { name: 'Egypt', marketplaceId: 'ARBP9OOSHTCHU', currency: 'EGP', timeZone: 'Africa/Cairo' },
  GB: { name: 'Great Britain', marketplaceId: 'A1F83G8C2ARO7P', currency: 'GBP', timeZone: 'Europe/London' },
  IE: { name: 'Ireland', marketplaceId: 'A28R8C7NBKEWEA', currency: 'EUR', timeZone: 'Europe/Dublin' },
  IN: { name: 'India', marketplaceId: 'A21TJRUUN4KGV', currency: 'INR', timeZone: 'Asia/Kolkata' },
  MX: { name: 'Mexico', marketplaceId: 'A1AM78C64UM0Y8', currency: 'MXN', timeZone: 'America/Mexico_City' },
  SA: { name: 'Saudi Arabia', marketplaceId: 'A17E79C6D8DWNP', currency: 'SAR', timeZone: 'Asia/Riyadh' },
  SG: { name: 'Singapore', marketplaceId: 'A19VAU5U5O7RUS', currency: 'SGD', timeZone: 'Asia/Singapore' },
  TR: { name: 'Türkiye', marketplaceId: 'A33AVAJ2PDY3EV', currency: 'TRY', timeZone: 'Europe/Istanbul' },
  ZA: { name: 'South Africa', marketplaceId: 'AE08WJ6YKNBMC', currency: 'ZAR', timeZone: 'Africa/Johannesburg' },
};

/** The store of a country, or nothing when it is not one we know. */
export const storeAt = (country: string): KnownStore | undefined =>
  Object.hasOwn(stores, country) ? stores[country] : undefined;
