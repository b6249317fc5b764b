import type { GraphQLError, GraphQLResolveInfo } from 'graphql';
import { isAbstractType } from 'graphql';
import type { Result } from '../src/base/result.ts';
import type { InstalledSites, MarketplaceNotInstalled, SiteNotInstalled } from '../src/seams/installed-sites.ts';
import type { Site, SiteRefusal } from '../src/seams/site.ts';
import { refused } from './refused.ts';

/** What a site would need to know and no document has said. */
export interface NotEnoughKnown {
  readonly code: 'NOT_ENOUGH_KNOWN';
  readonly site: string;
  readonly missing: string;
}

export type SiteNo = SiteNotInstalled | MarketplaceNotInstalled | SiteRefusal | NotEnoughKnown;

/** What a site answered, or the coded error that stands in its place: null with a reason, and never a zero. */
export function orSiteRefusal<Value>(result: Result<Value, SiteNo>): Value {
  if (result.ok) return result.value;
  throw siteRefused(result.refusal);
}

/** The site of an account. */
export const siteOf = (sites: InstalledSites, code: string): Site => orSiteRefusal(sites.of(code));

export function siteRefused(refusal: SiteNo): GraphQLError {
  const { code, ...details } = refusal;
  switch (refusal.code) {
    case 'SITE_NOT_INSTALLED':
      return refused('SITE_NOT_INSTALLED', `the site ${refusal.site} is not installed here`, details);
    case 'MARKETPLACE_NOT_INSTALLED':
      return refused('MARKETPLACE_NOT_INSTALLED', `no site here has the store ${refusal.marketplaceId}`, details);
    case 'NOT_ANSWERED_YET':
      return refused('NOT_ANSWERED_YET', `the site ${refusal.site} does not answer ${refusal.question} yet`, details);
    case 'YEAR_OUT_OF_RANGE': {
      const [first, last] = refusal.known;
      return refused(
        'YEAR_OUT_OF_RANGE',
        `the site knows the years ${first} to ${last}, and not ${refusal.year}`,
        details,
      );
    }
    case 'TAX_CLASS_UNKNOWN':
      return refused(
        'TAX_CLASS_UNKNOWN',
        `the site has no rate for the class ${refusal.taxClass}, only for ${refusal.known.join(', ')}`,
        details,
      );
    case 'TAX_RATE_UNKNOWN':
      return refused('TAX_RATE_UNKNOWN', `no rate of ${refusal.key} is known on ${refusal.on}`, details);
    case 'TAX_NOT_DECIDABLE':
      return refused('TAX_NOT_DECIDABLE', refusal.message, details);
    case 'NOT_ENOUGH_KNOWN':
      return refused('NOT_ENOUGH_KNOWN', `the site ${refusal.site} needs to know ${refusal.missing}`, details);
    case 'TERMS_NOT_STATED':
      return refused('TERMS_NOT_STATED', 'no document states payment terms, and none are agreed', details);
    case 'TERMS_NOT_READ':
      return refused('TERMS_NOT_READ', `the payment terms "${refusal.text}" are in no form that is read`, details);
    case 'TERMS_INCOMPLETE':
      return refused('TERMS_INCOMPLETE', `payment terms of type ${refusal.type} need ${refusal.missing}`, details);
    case 'TERMS_NOT_HANDLED':
      return refused('TERMS_NOT_HANDLED', `no day is found for payment terms of type ${refusal.type}`, details);
    case 'TERMS_INVALID':
      return refused('TERMS_INVALID', `the payment terms cannot be meant: ${refusal.problems.join(', ')}`, details);
    case 'PAYMENT_CLOCK_UNKNOWN':
      return refused(
        'PAYMENT_CLOCK_UNKNOWN',
        `nothing says from which day terms of ${refusal.on} are counted`,
        details,
      );
    case 'FREIGHT_TERM_MISSING':
      return refused('FREIGHT_TERM_MISSING', 'terms are counted differently for prepaid and collect freight', details);
    case 'TERM_DATE_MISSING':
      return refused('TERM_DATE_MISSING', `the terms need a day that nobody has told: ${refusal.event}`, details);
    case 'TERM_AMOUNT_MISSING':
      return refused(
        'TERM_AMOUNT_MISSING',
        `the discount leaves out the ${refusal.amount}, which is not known`,
        details,
      );
  }
}

/**
 * The type of a site's answer: the one that the site's plugin brought for this interface, in the schema that is asked;
 * the core's own where it brought none.
 */
export const typeOfAnswer =
  (own: string) =>
  ({ site }: { readonly site: string }, _context: object, { schema }: GraphQLResolveInfo, type: unknown): string => {
    const asked = schema.getType((type as { readonly name: string }).name);
    const possible = isAbstractType(asked) ? schema.getPossibleTypes(asked) : [];
    const brought = possible.find(({ extensions }) => ((extensions.sites ?? []) as readonly string[]).includes(site));
    return brought?.name ?? own;
  };
