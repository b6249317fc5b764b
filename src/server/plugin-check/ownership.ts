import { isDeepStrictEqual } from 'node:util';
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, printSchema } from 'graphql';
import { compose } from '../../plugin-host/compose.ts';
import type { Composition, Core, OutsidePlugin, PluginSettings } from '../../plugin-host/composition.ts';
import { readMigrations } from '../../plugin-host/read-migrations.ts';
import { type Finding, judge, type Law, must } from '../../seams/laws/law.ts';
import type { Plugin } from '../../seams/plugin.ts';

const laws = {
  fits: { number: 'O1', says: 'It fits beside the core and what it requires.' },
  additive: { number: 'O2', says: 'It changes nothing that was in the schema before.' },
  owned: { number: 'O3', says: 'Whatever it adds to the schema has an owner.' },
  same: { number: 'O4', says: 'Composed again, it is the same.' },
} satisfies Record<string, Law>;

/** What became of composing a plugin alone: the findings, and the composition when it fits. */
export interface Ownership {
  readonly findings: readonly Finding[];
  readonly composition: Composition | undefined;
}

/** Compose the core with this plugin and the plugins it requires, and see that nothing of others is touched. */
export function ownershipFindings(
  core: Core,
  target: OutsidePlugin,
  required: readonly Plugin[],
  settings: PluginSettings,
): Ownership {
  const before = printSchema(core.schema);
  const composeIt = () => compose(core, [...required, target], settings, readMigrations);
  const composed = composeIt();
  if (!composed.ok) {
    const findings = composed.refusal.map(
      ({ plugin, message, cure }): Finding => ({
        ...laws.fits,
        of: plugin,
        verdict: 'broken',
        because: `${message} ${cure}`,
      }),
    );
    return { findings, composition: undefined };
  }
  const { schema, owners, lock } = composed.value;
  const of = (target.exported as Plugin).id;
  const [old, now] = [elementsOf(core.schema), elementsOf(schema)];
  return {
    composition: composed.value,
    findings: [
      { ...laws.fits, of, verdict: 'kept' },
      judge(of, laws.additive, () => {
        must(printSchema(core.schema) === before, 'the core’s own schema is changed by composing');
        for (const [coordinate, shape] of old) {
          must(
            now.get(coordinate) === shape,
            `${coordinate} was ${shape} and is ${now.get(coordinate) ?? 'not there'}`,
          );
        }
        return undefined;
      }),
      judge(of, laws.owned, () => {
        const added = [...now.keys()].filter((coordinate) => !old.has(coordinate));
        for (const coordinate of added) {
          const [type = ''] = coordinate.split('.');
          must(owners.has(coordinate) || owners.has(type), `nobody owns ${coordinate}`);
        }
        return added.length === 0 ? 'it adds nothing to the schema' : undefined;
      }),
      judge(of, laws.same, () => {
        const again = composeIt();
        must(again.ok && printSchema(again.value.schema) === printSchema(schema), 'its schema is another one');
        must(isDeepStrictEqual(again.value.lock, lock), 'its entry in the lock file is another one');
        return undefined;
      }),
    ],
  };
}

/** Types with their kinds, fields with their types, values of enums: by coordinate. */
function elementsOf(schema: GraphQLSchema): Map<string, string> {
  const elements = new Map<string, string>();
  for (const [name, type] of Object.entries(schema.getTypeMap())) {
    if (name.startsWith('__')) continue;
    elements.set(name, type.constructor.name);
    if (isEnumType(type)) for (const { name: value } of type.getValues()) elements.set(`${name}.${value}`, 'a value');
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) elements.set(`${name}.${field.name}`, String(field.type));
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const { name: field, type: of, args } of Object.values(type.getFields())) {
        elements.set(`${name}.${field}`, `${args.map((one) => `${one.name}: ${one.type}`).join(', ')} -> ${of}`);
      }
    }
  }
  return elements;
}
