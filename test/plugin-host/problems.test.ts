import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/plugin-host/compose.ts';
import type { OutsidePlugin, PluginSettings, Problem } from '../../src/plugin-host/composition.ts';
import { pluginShape } from '../../src/plugin-host/plugin-shape.ts';
import type { Plugin } from '../../src/seams/plugin.ts';
import { aCore, aPlugin, standard } from '../builders/plugin.ts';
import { cases, read } from './cases.ts';

const problemsOf = (given: readonly (Plugin | OutsidePlugin)[], settings: Partial<PluginSettings> = {}) => {
  const composed = compose(aCore(), given, { config: {}, ...settings }, read);
  return composed.ok ? [] : composed.refusal;
};

const sorted = (problems: readonly Problem[]) =>
  [...problems].sort((a, b) => (`${a.plugin}\u0000${a.element}` < `${b.plugin}\u0000${b.element}` ? -1 : 1));

describe('each kind of clash is told in whole sentences', () => {
  test.each(cases)('$name', ({ given, config = {}, allowPlatformMismatch = [], lock = [], problems }) => {
    const found = problemsOf(given, {
      config,
      allowPlatformMismatch,
      lock: { platform: '1.0.0', plugins: lock },
    });
    expect(found).toEqual(problems);
  });
});

test('everything that is wrong is told at once, whatever else is wrong', () => {
  const found = problemsOf(
    cases.flatMap(({ given }) => given),
    {
      config: Object.assign({}, ...cases.map(({ config }) => config)),
      allowPlatformMismatch: cases.flatMap(({ allowPlatformMismatch = [] }) => allowPlatformMismatch),
      lock: { platform: '1.0.0', plugins: cases.flatMap(({ lock = [] }) => lock) },
    },
  );
  expect(found).toEqual(sorted(cases.flatMap(({ problems }) => problems)));
});

describe('what a stranger may do to us', () => {
  test('whatever a package exports, it is told and never thrown', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true }), (exported) => {
        expect(problemsOf([{ from: 'rubbish', exported }]).length).toBeGreaterThan(0);
      }),
    );
  });

  test('a plugin with anything at all in the place of a member is judged, never thrown', () => {
    const members = fc.constantFrom(...Object.keys(pluginShape.shape));
    const whole = cases.flatMap(({ given }) => given).filter((one): one is Plugin => 'id' in one);
    fc.assert(
      fc.property(fc.constantFrom(...whole), members, fc.anything({ withBigInt: true }), (plugin, member, value) => {
        expect(Array.isArray(problemsOf([{ from: 'odd', exported: { ...plugin, [member]: value } }, plugin]))).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('a plugin that throws when it is read is not a plugin', () => {
    const trap = {
      get id(): string {
        throw new Error('trap');
      },
    };
    expect(problemsOf([{ from: 'trap', exported: trap }])).toEqual([
      {
        code: 'NOT_A_PLUGIN',
        plugin: 'trap',
        element: 'default export',
        message: '"trap" is not a plugin: reading it throws "trap".',
        cure: 'Make it plain data: definePlugin({ … }) without getters that can fail.',
      },
    ]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
      'its schema throws "no"',
    ],
    ['answers later', async () => ({ value: 1 }), 'its schema answers with a promise, and must answer at once'],
  ] as const)('a schema that %s is told, not waited for', (_how, validate, said) => {
    const plugin = aPlugin('odd', { config: { deployment: standard(validate) } });
    expect(problemsOf([plugin]).map(({ message }) => message)).toEqual([
      `The configuration of "odd" is wrong: ${said}.`,
    ]);
  });
});
