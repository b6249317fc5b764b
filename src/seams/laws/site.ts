import type { CalendarDate } from '../../base/calendar-date.ts';
import type { Plugin } from '../plugin.ts';
import { goldenFindings } from './golden.ts';
import { identifierFindings } from './identifiers.ts';
import { type Effort, type Finding, usualEffort } from './law.ts';
import { paydayFindings } from './payday.ts';
import { placeFindings } from './place.ts';
import { settlementFindings } from './settlement.ts';
import { taxFindings } from './tax.ts';

/**
 * Judge every site a plugin brings by the laws of sites, and its golden cases by their answers.
 *
 * Pure but for the plugin's own doing; about a second per site at the usual effort.
 *
 * @param asOf a day on which the sites are in business; for a person at a terminal, today
 */
export function siteFindings(
  { id, sites = [], golden = [] }: Pick<Plugin, 'id' | 'sites' | 'golden'>,
  asOf: CalendarDate,
  effort: Effort = usualEffort,
): Finding[] {
  return [
    ...sites.flatMap((site) => [
      ...placeFindings(site),
      ...taxFindings(site, golden, asOf, effort),
      ...paydayFindings(site, asOf),
      ...settlementFindings(site, asOf, effort),
      ...identifierFindings(site, golden, effort),
    ]),
    ...goldenFindings({ id, sites, golden }),
  ];
}
