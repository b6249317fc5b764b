import { describe, expect, test } from 'vitest';
import gb from '../../examples/plugin-gb/index.ts';
import { plugins } from '../../plugins/index.ts';
import { day } from '../../src/base/calendar-date.ts';
import { installSites } from '../../src/seams/installed-sites.ts';
import { siteFindings } from '../../src/seams/laws/site.ts';

const sites = plugins.flatMap((plugin) => plugin.sites ?? []);
const installed = [...plugins.filter((plugin) => plugin.sites !== undefined), gb];

describe.each(installed)('$id', (plugin) => {
  const findings = siteFindings(plugin, day('2026-11-23'));

  test.each(findings)('$of $number · $says', ({ verdict, because }) => {
    expect(verdict === 'broken' ? because : 'not broken').toBe('not broken');
  });
});

test('a site that answers is asked: no law passes by waiting', () => {
  const waiting = (id: string) =>
    siteFindings(installed.find((plugin) => plugin.id === id) ?? gb, day('2026-11-23'))
      .filter(({ verdict, number }) => verdict === 'not-asked' && number !== 'G2')
      .map(({ number }) => number);
  expect(waiting('site-gb')).toEqual([]);
  expect(waiting('site-us')).toEqual([]);
  for (const id of ['site-ca', 'site-eu', 'site-jp']) {
    expect(waiting(id).filter((number) => number.startsWith('P'))).toEqual([]);
  }
});

describe('installed sites', () => {
  test('a site that is not there is a refusal', () => {
    expect(installSites(sites).of('GB')).toEqual({ ok: false, refusal: { code: 'SITE_NOT_INSTALLED', site: 'GB' } });
    expect(installSites(sites).marketplace('A1F83G8C2ARO7P')).toMatchObject({
      ok: false,
      refusal: { code: 'MARKETPLACE_NOT_INSTALLED' },
    });
  });
  test('two sites cannot claim one code or one store', () => {
    const [first] = sites;
    if (first === undefined) throw new Error('a site is installed');
    expect(() => installSites([...sites, first])).toThrow(/two sites claim US/);
    expect(() => installSites([...sites, { ...first, code: 'XX' }])).toThrow(/two sites claim ATVPDKIKX0DER/);
  });
});
