import { canonicalJson } from '../../base/canonical-json.ts';
import type { Plugin } from '../../seams/plugin.ts';
import type { Problem } from '../composition.ts';
import { validated } from '../validate.ts';
import { compareText, hint } from '../words.ts';
import type { Assembly } from './check.ts';

/** The configuration of each plugin as its schema made it, and everything wrong with what an operator wrote. */
export function configurations({ plugins, settings }: Assembly): {
  readonly problems: readonly Problem[];
  readonly configs: ReadonlyMap<string, unknown>;
} {
  const configs = new Map<string, unknown>();
  const problems: Problem[] = [
    ...unknownIds(plugins, Object.keys(settings.config), 'config'),
    ...unknownIds(plugins, settings.allowPlatformMismatch ?? [], 'allowPlatformMismatch'),
  ];
  for (const { id, config = {} } of plugins) {
    const written = Object.hasOwn(settings.config, id) ? settings.config[id] : undefined;
    const { deployment, secrets = [] } = config;
    if (deployment === undefined) {
      if (written !== undefined) problems.push(takesNone(id));
      continue;
    }
    const given = written ?? {};
    const result = validated(deployment, given);
    if (!result.ok) {
      for (const { path, message } of result.issues) problems.push(invalid(id, path, message, secrets));
      continue;
    }
    configs.set(id, result.value);
    for (const key of keysWithoutEffect(given, result.value, (value) => validated(deployment, value))) {
      problems.push({
        code: 'CONFIG_UNKNOWN',
        plugin: id,
        element: `plugins.config.${id}.${key}`,
        message: `The configuration of "${id}" has a key ${key}, which the plugin does not know.`,
        cure: `Remove plugins.config.${id}.${key}${hint(key, isRecord(result.value) ? Object.keys(result.value) : []) || '.'}`,
      });
    }
  }
  return { problems, configs };
}

function unknownIds(
  plugins: readonly Plugin[],
  ids: readonly string[],
  key: 'config' | 'allowPlatformMismatch',
): Problem[] {
  const known = plugins.map(({ id }) => id);
  return ids
    .filter((id) => !known.includes(id))
    .sort(compareText)
    .map((id) => ({
      code: 'CONFIG_UNKNOWN',
      plugin: id,
      element: `plugins.${key}.${id}`,
      message: `plugins.${key} names "${id}", which is not installed.`,
      cure: `Install "${id}", or remove it from plugins.${key}${hint(id, known) || '.'}`,
    }));
}

const takesNone = (id: string): Problem => ({
  code: 'CONFIG_UNKNOWN',
  plugin: id,
  element: `plugins.config.${id}`,
  message: `"${id}" takes no configuration, and plugins.config has some for it.`,
  cure: `Remove plugins.config.${id}.`,
});

function invalid(id: string, path: string, message: string, secrets: readonly string[]): Problem {
  // A schema may repeat the value it refuses.
  const isSecret = secrets.some((secret) => path === '' || path === secret || path.startsWith(`${secret}.`));
  const said = isSecret && secrets.length > 0 ? 'it is not as the plugin needs it, and may be secret' : message;
  const key = `plugins.config.${id}${path === '' || path.startsWith('[') ? path : `.${path}`}`;
  return {
    code: 'CONFIG_INVALID',
    plugin: id,
    element: key,
    message: `The configuration of "${id}" is wrong${path === '' ? '' : ` at ${path}`}: ${said}.`,
    cure: `Correct ${key} in acorn.config.ts.`,
  };
}

/**
 * Keys an operator wrote that change nothing: absent from what the schema made, which is the same without them. Many
 * schemas leave such keys out in silence, and a slip of the pen would go unnoticed.
 */
function keysWithoutEffect(
  written: unknown,
  made: unknown,
  validate: (value: unknown) => ReturnType<typeof validated>,
): string[] {
  if (!isRecord(written) || !isRecord(made)) return [];
  return Object.keys(written).filter((key) => {
    if (Object.hasOwn(made, key)) return false;
    const { [key]: _left, ...others } = written;
    const without = validate(others);
    return without.ok && canonicalJson(without.value) === canonicalJson(made);
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
