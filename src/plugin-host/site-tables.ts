import type { Plugin } from '../seams/plugin.ts';
import type { Site } from '../seams/site.ts';
import type { SiteTables, TableProblem } from '../seams/site-tables.ts';
import type { Problem } from './composition.ts';
import { siteTableShape } from './site-table-shape.ts';
import { validated } from './validate.ts';
import { compareText, hint } from './words.ts';

export interface Tabled {
  readonly plugins: readonly Plugin[];
  readonly problems: readonly Problem[];
}

/**
 * The plugins with an operator's rows in their sites' tables, and everything that is wrong with those, each by its row.
 * Where one is wrong the site is as it was.
 *
 * @param written by site code; anything at all, since a person wrote it
 */
export function withSiteTables(plugins: readonly Plugin[], written: Readonly<Record<string, unknown>>): Tabled {
  const problems: Problem[] = [];
  const codes = plugins.flatMap(({ sites = [] }) => sites.map(({ code }) => code));
  for (const code of Object.keys(written).sort(compareText)) {
    if (!codes.includes(code)) problems.push(unknownSite(code, codes));
  }
  const tabledSite = (site: Site, plugin: string): Site => {
    if (!Object.hasOwn(written, site.code)) return site;
    const found = tabled(site, written[site.code]);
    if ('site' in found) return found.site;
    problems.push(...found.problems.map((problem) => invalidRow(problem, site.code, plugin)));
    return site;
  };
  return {
    plugins: plugins.map((plugin) =>
      plugin.sites === undefined
        ? plugin
        : { ...plugin, sites: plugin.sites.map((site) => tabledSite(site, plugin.id)) },
    ),
    problems,
  };
}

function tabled(
  site: Site,
  written: unknown,
): { readonly site: Site } | { readonly problems: readonly TableProblem[] } {
  if (site.withTables === undefined) return { problems: [{ row: '', message: `the site ${site.code} takes no rows` }] };
  const read = validated(siteTableShape, written);
  if (!read.ok) return { problems: read.issues.map(({ path, message }) => ({ row: path, message })) };
  const joined = site.withTables(read.value as SiteTables);
  return joined.ok ? { site: joined.value } : { problems: joined.refusal };
}

function unknownSite(code: string, known: readonly string[]): Problem {
  return {
    code: 'SITE_TABLE_INVALID',
    plugin: code,
    element: `plugins.siteTables.${code}`,
    message: `plugins.siteTables names the site ${code}, which is not installed.`,
    cure: `Install a plugin that brings ${code}, or remove it from plugins.siteTables${hint(code, known) || '.'}`,
  };
}

function invalidRow({ row, message }: TableProblem, code: string, plugin: string): Problem {
  const element = `plugins.siteTables.${code}${row === '' ? '' : `.${row}`}`;
  return {
    code: 'SITE_TABLE_INVALID',
    plugin,
    element,
    message: `The tables for the site ${code} are wrong${row === '' ? '' : ` at ${row}`}: ${message}.`,
    cure: `Correct ${element}.`,
  };
}
