import { expect, test } from 'vitest';
import ca from '../../../plugins/sites/ca/index.ts';
import jp from '../../../plugins/sites/jp/index.ts';
import { day } from '../../../src/base/calendar-date.ts';
import { siteFindings } from '../../../src/seams/laws/site.ts';

test.each([ca, jp])('the laws of tax are kept by $id, and none by waiting', (plugin) => {
  const laws = siteFindings(plugin, day('2026-11-23')).filter(({ number }) => /^S([2-9]|1[0-3])$/.test(number));
  expect(laws.length).toBe(12);
  expect(laws.filter(({ verdict }) => verdict !== 'kept')).toEqual([]);
});
