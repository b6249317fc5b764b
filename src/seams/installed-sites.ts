import { no, type Result, yes } from '../base/result.ts';
import type { Marketplace, Site } from './site.ts';

export type SiteNotInstalled = { readonly code: 'SITE_NOT_INSTALLED'; readonly site: string };
export type MarketplaceNotInstalled = { readonly code: 'MARKETPLACE_NOT_INSTALLED'; readonly marketplaceId: string };

/** The sites of this installation, by code. A site that is not there is a refusal, never a default. */
export interface InstalledSites {
  readonly codes: readonly string[];
  of(code: string): Result<Site, SiteNotInstalled>;
  marketplace(id: string): Result<{ readonly site: Site; readonly marketplace: Marketplace }, MarketplaceNotInstalled>;
}

/** @throws RangeError when two sites claim one code or one marketplace: a mistake of whoever installed them */
export function installSites(sites: readonly Site[]): InstalledSites {
  const byCode = new Map(sites.map((site) => [site.code, site]));
  const byMarketplace = new Map(
    sites.flatMap((site) => site.marketplaces.map((marketplace) => [marketplace.id, { site, marketplace }] as const)),
  );
  const marketplaces = sites.flatMap((site) => site.marketplaces.map(({ id }) => id));
  const twice = [...sites.map(({ code }) => code), ...marketplaces].filter((id, i, all) => all.indexOf(id) !== i);
  if (twice.length > 0) throw new RangeError(`two sites claim ${twice.join(', ')}`);

  return {
    codes: [...byCode.keys()].sort(),
    of: (code) => {
      const site = byCode.get(code);
      return site === undefined ? no({ code: 'SITE_NOT_INSTALLED', site: code }) : yes(site);
    },
    marketplace: (id) => {
      const found = byMarketplace.get(id);
      return found === undefined ? no({ code: 'MARKETPLACE_NOT_INSTALLED', marketplaceId: id }) : yes(found);
    },
  };
}
