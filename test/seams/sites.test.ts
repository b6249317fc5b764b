import { describe, expect, test } from 'vitest';
import { sites } from '../../plugins/index.ts';
import { addDays, day, dayIn } from '../../src/base/calendar-date.ts';
import { instant } from '../../src/base/instant.ts';
import { money } from '../../src/base/money.ts';
import { installSites } from '../../src/seams/installed-sites.ts';

describe.each(sites)('site $code', (site) => {
  const currency = site.marketplaces[0]?.currency ?? 'USD';

  test('is a place: stores with a country, a currency and a zone that exists', () => {
    expect(site.marketplaces.length).toBeGreaterThan(0);
    for (const { country, currency, timeZone } of site.marketplaces) {
      expect(country).toMatch(/^[A-Z]{2}$/);
      expect(currency).toMatch(/^[A-Z]{3}$/);
      expect(dayIn(instant('2026-07-01T12:00:00Z'), timeZone)).toBe('2026-07-01');
    }
  });

  test('answers tax with the rule that answered, or refuses: never a silent zero', () => {
    const answer = site.tax({
      lines: [{ net: money(125_000n, currency), taxClass: 'standard' }],
      taxPoint: day('2026-09-13'),
      shipToCountry: site.marketplaces[0]?.country ?? 'US',
      certificates: [],
    });
    if (answer.ok) {
      expect(answer.value.rule).toMatch(/^[a-z]+\/[a-z-]+$/);
      if (answer.value.taxes.length === 0) expect(answer.value.warnings.length).toBeGreaterThan(0);
    } else {
      expect(answer.refusal.code).toBe('NOT_ANSWERED_YET');
    }
  });

  test('never pays before the due date, and never later than a long weekend allows', () => {
    for (let due = day('2026-01-01'); due < day('2027-12-25'); due = addDays(due, 1)) {
      const payday = site.payday(due);
      if (!payday.ok) {
        expect(payday.refusal.code).toBe('NOT_ANSWERED_YET');
        return;
      }
      expect(payday.value >= due && payday.value <= addDays(due, 5)).toBe(true);
      expect(site.payday(payday.value)).toEqual(payday);
    }
  });
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
