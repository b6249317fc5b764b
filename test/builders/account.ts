import type { Currency } from '../../src/base/currency.ts';
import type { AccountId } from '../../src/base/ids.ts';
import type { AccountProfile } from '../../src/seams/connector.ts';

/** A vendor account at amazon.com, unless said otherwise. */
export function anAccount(changes: Partial<AccountProfile> = {}): AccountProfile {
  return {
    accountId: '0b7c5a52-6a44-4c1e-9a39-52b4a1c1a001' as AccountId,
    name: 'Larkfield Home US',
    site: 'US',
    marketplaceId: 'ATVPDKIKX0DER',
    currency: 'USD' as Currency,
    timeZone: 'America/Los_Angeles',
    ...changes,
  };
}
