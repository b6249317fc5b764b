import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compose } from '../../src/plugin-host/compose.ts';
import type { PluginSettings } from '../../src/plugin-host/composition.ts';
import type { Plugin } from '../../src/seams/plugin.ts';
import { aConnector, aCore, aPlugin, aSite } from '../builders/plugin.ts';
import { cases, read } from './cases.ts';

const composed = (plugins: readonly Plugin[], settings: Partial<PluginSettings> = {}) => {
  const result = compose(aCore(), plugins, { config: {}, ...settings });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal, null, 2));
  return result.value;
};

describe('plugins that fit', () => {
  test('start after what they require and what they come after; ties by id, not by the list', () => {
    const { plugins } = composed([
      aPlugin('z'),
      aPlugin('b', { requires: { z: '^1.0' } }),
      aPlugin('a', { after: ['b', 'never-installed'] }),
      aPlugin('m'),
    ]);
    expect(plugins.map(({ id }) => id)).toEqual(['m', 'z', 'b', 'a']);
  });

  test('bring sites and connectors, found by their own names', () => {
    const { sites, connectors } = composed([
      aPlugin('site-xx', { sites: [aSite('XX')] }),
      aPlugin('connector-edi', { connector: aConnector('edi') }),
    ]);
    expect(sites.codes).toEqual(['XX']);
    expect(sites.marketplace('XX-STORE')).toMatchObject({ ok: true, value: { site: { code: 'XX' } } });
    expect(connectors.map(({ name }) => name)).toEqual(['edi']);
  });

  test('a slot is won at a site by who fills it there, elsewhere by who fills it for all', () => {
    const { slot } = composed([
      aPlugin('general', { slots: [{ slot: 'invoice-format', fill: 'everywhere' }] }),
      aPlugin('local', { slots: [{ slot: 'invoice-format', site: 'XX', fill: 'here' }], sites: [aSite('XX')] }),
    ]);
    expect(slot('invoice-format', 'XX')).toEqual({ plugin: 'local', fill: 'here' });
    expect(slot('invoice-format', 'YY')).toEqual({ plugin: 'general', fill: 'everywhere' });
    expect(slot('elsewhere', 'XX')).toBeUndefined();
  });

  test('are handed their configuration as their schema made it, defaults and all', () => {
    const deployment = z.object({ retries: z.number().default(3), host: z.string().toLowerCase() });
    const { configOf } = composed([aPlugin('a', { config: { deployment } }), aPlugin('b')], {
      config: { a: { host: 'EXAMPLE.com' } },
    });
    expect(configOf('a')).toEqual({ retries: 3, host: 'example.com' });
    expect(configOf('b')).toBeUndefined();
  });

  test('a key that a schema takes in under another name is known', () => {
    const deployment = z.object({ hostName: z.string() }).transform(({ hostName }) => ({ host: hostName }));
    const { configOf } = composed([aPlugin('a', { config: { deployment } })], { config: { a: { hostName: 'x' } } });
    expect(configOf('a')).toEqual({ host: 'x' });
  });

  test('run outside their platform range when an operator says so, and every start says it too', () => {
    const { notices } = composed([aPlugin('old', { platform: '^0.9' }), aPlugin('fine')], {
      allowPlatformMismatch: ['old', 'fine'],
    });
    expect(notices.map(({ message }) => message)).toEqual([
      '"fine" 1.0.0 fits platform 1.0.0: remove it from plugins.allowPlatformMismatch.',
      '"old" 1.0.0 was written for platform ^0.9 and runs on platform 1.0.0, as plugins.allowPlatformMismatch says.',
    ]);
  });

  test('what waits for a site that is not installed is noticed, not refused', () => {
    const { notices } = composed([
      aPlugin('forms', { slots: [{ slot: 'invoice-format', site: 'XY', fill: 1 }], visibleTo: ['XY'] }),
      aPlugin('site-xx', { sites: [aSite('XX')] }),
    ]);
    expect(notices.map(({ message }) => message)).toEqual([
      '"forms" fills the slot "invoice-format" for site XY, which is not installed; did you mean "XX"?',
      '"forms" is visible to XY only, and none of these sites is installed: nobody sees it.',
    ]);
  });
});

/** Any plugins at all: few ids, so that they require, rule out and double each other. */
const id = fc.constantFrom(...'abcdefghijkl');
const range = fc.constantFrom('^1.0', '*', '>=2');
const seldom = <Value>(value: fc.Arbitrary<Value>, otherwise: Value) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary: value });
const anyPlugin = fc
  .record({
    id,
    version: fc.constantFrom('1.0.0', '1.1.0', '2.0.0'),
    platform: fc.constantFrom('^1.0', '^1.0', '^1.0', '^1.0', '^1.0', '^1.0', '^1.0', '^2.0'),
    requires: seldom(fc.dictionary(id, range, { maxKeys: 2 }), {}),
    conflicts: seldom(fc.dictionary(id, range, { maxKeys: 1 }), {}),
    after: fc.uniqueArray(id, { maxLength: 2 }),
    sites: seldom(fc.uniqueArray(fc.constantFrom('AA', 'BB', 'CC', 'DD'), { maxLength: 1 }), []),
    slots: seldom(fc.array(fc.record({ slot: fc.constantFrom('invoice-format', 'nothing') }), { maxLength: 1 }), []),
  })
  .map(({ sites, slots, ...rest }) =>
    aPlugin(rest.id, {
      ...rest,
      sites: sites.map((code) => aSite(code)),
      slots: slots.map(({ slot }) => ({ slot, fill: rest.id })),
    }),
  );

const shuffledTwice = <Item>(items: readonly Item[]) =>
  fc.tuple(fc.shuffledSubarray([...items], { minLength: items.length }), fc.constant(items));

describe('the place in the list never matters', () => {
  test('any permutation gives the same composition, or the same problems', () => {
    let fitting = 0;
    fc.assert(
      fc.property(
        fc.array(anyPlugin, { maxLength: 6 }).chain((plugins) => shuffledTwice(plugins)),
        ([shuffled, plugins]) => {
          const [one, other] = [shuffled, plugins].map((list) => compose(aCore(), list, { config: {} }));
          if (one === undefined || other === undefined) throw new Error('two lists were composed');
          expect(summary(one)).toEqual(summary(other));
          if (one.ok && shuffled.length > 1) fitting += 1;
        },
      ),
      { numRuns: 500 },
    );
    expect(fitting).toBeGreaterThan(15);
  });

  test('nor does it when everything is wrong', () => {
    const given = cases.flatMap((one) => one.given);
    const expected = compose(aCore(), given, { config: {} }, read);
    fc.assert(
      fc.property(fc.shuffledSubarray([...given], { minLength: given.length }), (shuffled) => {
        expect(compose(aCore(), shuffled, { config: {} }, read)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  test('every plugin starts after those it requires, when there is an order at all', () => {
    const chain = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 25 });
    fc.assert(
      fc.property(chain, fc.infiniteStream(fc.nat()), (numbers, stream) => {
        const plugins = numbers.map((number, index) => {
          const before = numbers.slice(0, index).filter(() => Number(stream.next().value) % 3 === 0);
          return aPlugin(`p-${number}`, { requires: Object.fromEntries(before.map((other) => [`p-${other}`, '*'])) });
        });
        const ids = composed(plugins).plugins.map((plugin) => plugin.id);
        for (const { id: own, requires = {} } of plugins) {
          for (const other of Object.keys(requires)) expect(ids.indexOf(other)).toBeLessThan(ids.indexOf(own));
        }
      }),
      { numRuns: 100 },
    );
  });
});

function summary(result: ReturnType<typeof compose>) {
  if (!result.ok) return result.refusal;
  const { plugins, sites, lock, notices, slot } = result.value;
  return {
    ids: plugins.map(({ id: own }) => own),
    codes: sites.codes,
    lock,
    notices,
    winner: slot('invoice-format', 'AA'),
  };
}
