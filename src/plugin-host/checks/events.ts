import type { StandardSchema } from '../../seams/standard-schema.ts';
import type { Problem } from '../composition.ts';
import { issuesOf } from '../validate.ts';
import { hint } from '../words.ts';
import type { Check } from './check.ts';

/** Every event has a schema, and an example that satisfies it. */
export const emittedEvents: Check = ({ plugins }) =>
  plugins.flatMap(({ id, emits = {} }) =>
    Object.entries(emits).flatMap(([name, kind]): Problem[] => {
      const event = `${id}.${name}`;
      // From outside packages anything may stand here.
      const { schema } = kind as { readonly schema?: StandardSchema };
      if (typeof schema?.['~standard']?.validate !== 'function') {
        return [
          {
            code: 'EVENT_WITHOUT_SCHEMA',
            plugin: id,
            element: event,
            message: `"${id}" emits "${event}" without a schema of what it carries.`,
            cure: `Give emits["${name}"].schema a Standard Schema, such as one made with Zod.`,
          },
        ];
      }
      return issuesOf(schema, kind.example).map(({ path, message }) => ({
        code: 'EXAMPLE_INVALID',
        plugin: id,
        element: path === '' ? event : `${event} ${path}`,
        message: `The example of "${event}" fails its own schema${path === '' ? '' : ` at ${path}`}: ${message}.`,
        cure: `Correct emits["${name}"].example, or the schema.`,
      }));
    }),
  );

/** Nobody listens for what never comes. An event of a plugin that is named in `after` may be absent with it. */
export const heardEvents: Check = ({ core, plugins }) => {
  const emitted = new Set(plugins.flatMap(({ id, emits = {} }) => Object.keys(emits).map((name) => `${id}.${name}`)));
  const installed = new Set(plugins.map(({ id }) => id));
  const known = [...core.changeKinds, ...emitted];
  return plugins.flatMap(({ id, on = [], after = [] }) =>
    on.flatMap(({ name, to }) =>
      to.flatMap((kind) => {
        if (core.changeKinds.has(kind) || emitted.has(kind)) return [];
        const owner = kind.includes('.') ? kind.slice(0, kind.indexOf('.')) : undefined;
        if (owner !== undefined && !installed.has(owner) && after.includes(owner)) return [];
        const why =
          owner === undefined
            ? 'which is no kind of change'
            : installed.has(owner)
              ? `which "${owner}" does not emit`
              : `and "${owner}" is not installed`;
        return {
          code: 'EVENT_UNKNOWN' as const,
          plugin: id,
          element: `${name} ${kind}`,
          message: `The listener "${name}" of "${id}" waits for "${kind}", ${why}.`,
          cure: `Write a kind of change, or an event of an installed plugin as "plugin-id.event"${hint(kind, known) || '.'}`,
        };
      }),
    ),
  );
};
