import { expect, test } from 'vitest';
import { euRates } from '../../../../plugins/sites/eu/rates.ts';
import { currencyOf, placeOf, states } from '../../../../plugins/sites/eu/states.ts';
import { day } from '../../../../src/base/calendar-date.ts';

const rateOn = (key: string, on: string) => {
  const found = euRates.on(key, day(on));
  return found.ok ? found.value.rate : found.refusal.code;
};

test.each([
  ['EE standard', '2025-06-30', '22', '2025-07-01', '24'],
  ['FI standard', '2024-08-31', '24', '2024-09-01', '25.5'],
  ['FI reduced', '2025-12-31', '14', '2026-01-01', '13.5'],
  ['RO standard', '2025-07-31', '19', '2025-08-01', '21'],
  ['RO reduced-second', '2025-07-31', '5', '2025-08-01', 'TAX_RATE_UNKNOWN'],
  ['SK standard', '2024-12-31', '20', '2025-01-01', '23'],
  ['DE standard', '2020-06-30', '19', '2020-07-01', '16'],
  ['DE standard', '2020-12-31', '16', '2021-01-01', '19'],
  ['LT reduced', '2025-12-31', '9', '2026-01-01', '12'],
  ['SE staple-food', '2026-03-31', '12', '2026-04-01', '6'],
  ['SE staple-food', '2027-12-31', '6', '2028-01-01', '12'],
  ['AT staple-food', '2026-06-30', '10', '2026-07-01', '4.9'],
])('C4 · %s on both sides of its change', (key, before, was, from, is) => {
  expect([rateOn(key, before), rateOn(key, from)]).toEqual([was, is]);
});

test('each of the 27 states, and Northern Ireland, has a standard rate', () => {
  expect(states).toHaveLength(28);
  expect(states.filter((state) => rateOn(`${state} standard`, '2026-11-23') === 'TAX_RATE_UNKNOWN')).toEqual([]);
});

test('Greece is EL, Northern Ireland XI; the Canary Islands are apart, and Great Britain is outside', () => {
  expect(placeOf('GR')).toEqual({ kind: 'state', state: 'EL', rates: 'EL' });
  expect(placeOf('GB', 'NIR')).toEqual({ kind: 'state', state: 'XI', rates: 'XI' });
  expect(placeOf('GB')).toEqual({ kind: 'united-kingdom', place: 'GB' });
  expect(placeOf('ES', 'ES-CN')).toEqual({ kind: 'outside', place: 'ES-CN' });
  expect(placeOf('PT', 'pt-ma')).toEqual({ kind: 'state', state: 'PT', rates: 'PT-30' });
});

test('Bulgaria has the euro from 2026', () => {
  expect(currencyOf('BG', day('2025-12-31'))).toBe('BGN');
  expect(currencyOf('BG', day('2026-01-01'))).toBe('EUR');
});
