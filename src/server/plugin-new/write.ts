import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CalendarDate } from '../../base/calendar-date.ts';
import { OperatorError } from '../../base/operator-error.ts';
import { storeAt } from './stores.ts';

const templates = fileURLToPath(new URL('../templates/', import.meta.url));

export interface NewPlugin {
  readonly name: string;
  readonly folder: string;
  /** The country of a new site; left out, it is a connector. */
  readonly site: string | undefined;
  /** A new calendar knows the years around this day. */
  readonly today: CalendarDate;
}

/**
 * Write a plugin into a folder that is empty or not there. The templates are plugins themselves, of a country "XX", so
 * that compiler and tests hold them to what they promise.
 *
 * @returns the files written, in alphabetical order
 * @throws OperatorError when the folder has something in it: nobody's work is written over
 */
export function writePlugin({ name, folder, site, today }: NewPlugin): string[] {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new OperatorError(
      'CONFIGURATION_INVALID',
      `There is something in ${folder} already: choose another folder with --out.`,
    );
  }
  const template = join(templates, site === undefined ? 'connector' : 'site');
  const files = readdirSync(template, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(template.length + 1))
    .sort();
  const adapt = site === undefined ? adaptedConnector(name) : adaptedSite(name, site, Number(today.slice(0, 4)));
  for (const file of files) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, adapt(readFileSync(join(template, file), 'utf8')));
  }
  return files;
}

const adaptedConnector = (name: string) => (text: string) => text.replaceAll('connector-xx', name);

function adaptedSite(name: string, country: string, year: number): (text: string) => string {
  const store = storeAt(country);
  return (text) =>
    text
      .replaceAll('AXX0000000000', store?.marketplaceId ?? `A${country}0000000000`)
      .replaceAll('store in XX', `store in ${store?.name ?? country}`)
      .replaceAll("name: 'XX'", `name: '${store?.name ?? country}'`)
      .replaceAll('site-xx', name)
      .replaceAll('Etc/UTC', store?.timeZone ?? 'Etc/UTC')
      .replaceAll('[2026, 2028]', `[2026, ${Math.max(2028, year + 1)}]`)
      .replaceAll(/\bXXX\b/g, store?.currency ?? 'XXX')
      .replaceAll(/\bXX\b/g, country)
      .replaceAll(/\bxx\b/g, country.toLowerCase());
}
