// Run by "acorn plugin check", or by any runner of node:test that can read TypeScript.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day, decimal, money } from 'acorn/plugin';
import plugin from './index.ts';
import { taxOf } from './tax.ts';
import { taxRates } from './tax-rates.ts';

test('half a minor unit is rounded away from zero, for a credit note as well', () => {
  assert.deepEqual(taxOf(money(5n, 'XXX'), decimal('10')), money(1n, 'XXX'));
  assert.deepEqual(taxOf(money(-5n, 'XXX'), decimal('10')), money(-1n, 'XXX'));
});

test('every rate has a source, and the rows of a class stand in order', () => {
  for (const rows of Object.values(taxRates)) {
    assert.ok(rows.every(({ source }) => source.trim() !== ''));
    assert.deepEqual(
      rows.map(({ since }) => since),
      rows.map(({ since }) => since).sort(),
    );
  }
});

test('a class without a rate is refused', () => {
  const answer = plugin.sites?.[0]?.tax({
    lines: [{ net: money(100n, 'XXX'), taxClass: 'antiques' }],
    taxPoint: day('2026-06-15'),
    shipToCountry: 'XX',
    certificates: [],
  });
  assert.ok(answer?.ok === false && answer.refusal.code === 'TAX_CLASS_UNKNOWN');
});
