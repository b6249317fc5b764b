import { expect, test } from 'vitest';
import { compose } from '../../src/plugin-host/compose.ts';
import { describePlugins } from '../../src/server/plugin-list.ts';
import { aConnector, aCore, aPlugin, aSite, standard } from '../builders/plugin.ts';

test('acorn plugins says who fills which seam and slot, and what each plugin may touch', () => {
  const anything = standard((value) => ({ value }));
  const composed = compose(
    aCore({ slots: new Set(['invoice-format', 'numbering']) }),
    [
      aPlugin('general', { slots: [{ slot: 'invoice-format', fill: 1 }], connector: aConnector('edi') }),
      aPlugin('site-xx', {
        sites: [aSite('XX')],
        requires: { general: '^1.0' },
        slots: [{ slot: 'invoice-format', site: 'XX', fill: 2 }],
        capabilities: { reads: ['Invoice'], network: ['bank.example.com'] },
        scopes: { 'site-xx:read': 'Its own.' },
        schema: {
          sdl: 'extend type Query { "Own." xxThing: XxThing } "Own." type XxThing { "A name." name: String }',
          fields: { 'Query.xxThing': { needs: 'site-xx:read', resolve: () => ({ name: 'x' }) } },
        },
        emits: { settled: { version: 1, description: 'Settled.', schema: anything, example: {} } },
        on: [{ name: 'watch', to: ['invoice-issued', 'site-xx.settled'], handle: async () => {} }],
        jobs: [{ name: 'tidy', everySeconds: 60, deadlineSeconds: 5, run: async () => {} }],
      }),
      aPlugin('site-yy', { sites: [aSite('YY')] }),
    ],
    { config: {}, allowPlatformMismatch: ['general'] },
  );
  if (!composed.ok) throw new Error(JSON.stringify(composed.refusal));
  expect(describePlugins(composed.value, '1.0.0', new Set(['invoice-format', 'numbering'])).join('\n')).toBe(
    `Platform 1.0.0, 3 plugins.

Sites
  XX  Site XX  site-xx 1.0.0  US USD
  YY  Site YY  site-yy 1.0.0  US USD

Connectors
  edi  general 1.0.0

Slots
  invoice-format  general
    XX  site-xx
  numbering  nobody

Plugins, in the order in which they start
  general 1.0.0: The plugin general.
    platform   ^1.0
  site-xx 1.0.0: The plugin site-xx.
    platform   ^1.0
    requires   general ^1.0
    reads      Invoice
    talks to   bank.example.com
    types      XxThing
    fields     Query.xxThing
    seen at    XX
    rights     site-xx:read
    emits      site-xx.settled
    listens to invoice-issued, site-xx.settled
    jobs       tidy every 60 s
  site-yy 1.0.0: The plugin site-yy.
    platform   ^1.0

To know
  "general" 1.0.0 fits platform 1.0.0: remove it from plugins.allowPlatformMismatch.`,
  );
});
