import { dayIn } from '../../base/calendar-date.ts';
import { instant } from '../../base/instant.ts';
import type { Site } from '../site.ts';
import { type Finding, judge, must } from './law.ts';

/** A site is a place: what it says of its stores can be true. */
export function placeFindings(site: Site): Finding[] {
  const { code, marketplaces } = site;
  return [
    judge(
      code,
      {
        number: 'S1',
        says: 'A site is a place: a short code, and stores with a country, a currency and a zone that exist.',
      },
      () => {
        must(/^[A-Z]{2,3}$/.test(code), `the code "${code}" is not two or three capital letters`);
        must(site.name.trim() !== '', 'the site has no name');
        must(marketplaces.length > 0, 'the site has no store');
        for (const { id, country, currency, timeZone } of marketplaces) {
          must(/^[A-Z0-9]{9,16}$/.test(id), `"${id}" is not shaped like an Amazon store's id`);
          must(/^[A-Z]{2}$/.test(country), `the country "${country}" of store ${id} is not two capital letters`);
          must(/^[A-Z]{3}$/.test(currency), `the currency "${currency}" of store ${id} is not three capital letters`);
          must(isZone(timeZone), `the time zone "${timeZone}" of store ${id} does not exist`);
        }
        const ids = marketplaces.map(({ id }) => id);
        must(new Set(ids).size === ids.length, `a store stands twice among ${ids.join(', ')}`);
        return undefined;
      },
    ),
  ];
}

function isZone(timeZone: string): boolean {
  try {
    return dayIn(instant('2026-07-01T12:00:00Z'), timeZone).startsWith('2026-0');
  } catch {
    return false;
  }
}
