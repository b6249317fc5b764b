import { internationalSchemes } from '../domain/identifiers/international.ts';
import type { IdentifierScheme } from '../domain/identifiers/scheme.ts';
import type { InstalledSites } from './installed-sites.ts';

/** A scheme, and who brings it. */
export interface BroughtScheme {
  readonly scheme: IdentifierScheme;
  /** Code of the site; left out where it is an international one of the core. */
  readonly site?: string;
}

/** Every scheme of this installation, by name: the core's, and those of its sites. */
export const identifierSchemes = (sites: InstalledSites): readonly BroughtScheme[] =>
  [
    ...internationalSchemes.map((scheme) => ({ scheme })),
    ...sites.codes.flatMap((code) => {
      const site = sites.of(code);
      return site.ok ? (site.value.identifiers ?? []).map((scheme) => ({ scheme, site: code })) : [];
    }),
  ].sort((a, b) => (a.scheme.scheme < b.scheme.scheme ? -1 : 1));
