import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { Currency } from '../../base/currency.ts';
import type { AccountId } from '../../base/ids.ts';
import type { AccountProfile } from '../../seams/connector.ts';
import type { RecordedDocument } from '../../seams/laws/documents.ts';
import type { Site } from '../../seams/site.ts';

/**
 * The documents in a plugin's folder `recorded`: `NAME.SITE.EXT` as it arrived, for an account at that site, and what
 * it says in `NAME.SITE.facts.json`.
 */
export function recordedIn(folder: string | undefined, sites: readonly Site[]): RecordedDocument[] {
  const home = folder === undefined ? undefined : join(folder, 'recorded');
  if (home === undefined || !existsSync(home)) return [];
  return readdirSync(home)
    .filter((name) => !name.endsWith('.facts.json'))
    .sort()
    .map((name): RecordedDocument => {
      const facts = join(home, name.replace(/\.[^.]+$/, '.facts.json'));
      const document = { name, bytes: readFileSync(join(home, name)), account: accountAt(siteIn(name, sites), sites) };
      return existsSync(facts)
        ? { ...document, says: canonicalJson(JSON.parse(readFileSync(facts, 'utf8'))) }
        : document;
    });
}

/** An account at a site, or at the first there is: whose documents are looked at. */
export function accountAt(code: string | undefined, sites: readonly Site[]): AccountProfile {
  const site = sites.find((one) => one.code === code) ?? sites[0];
  const store = site?.marketplaces[0];
  return {
    accountId: '00000000-0000-4000-8000-000000000001' as AccountId,
    name: 'An account to check with',
    site: site?.code ?? '',
    marketplaceId: store?.id ?? '',
    currency: store?.currency ?? ('XXX' as Currency),
    timeZone: store?.timeZone ?? 'Etc/UTC',
  };
}

const siteIn = (name: string, sites: readonly Site[]): string | undefined =>
  sites.find(({ code }) => name.toUpperCase().split('.').includes(code))?.code;
