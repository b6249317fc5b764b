import type { Plugin } from '../seams/plugin.ts';
import type { OutsidePlugin, Problem } from './composition.ts';
import { pluginShape } from './plugin-shape.ts';
import { hint } from './words.ts';

/** What was handed over, told apart: what is a plugin, and what is not and why. */
export interface Recognised {
  readonly plugins: readonly Plugin[];
  readonly problems: readonly Problem[];
}

/** @param given plugins of the tree as they are, others with where they came from */
export function recognisePlugins(given: readonly (Plugin | OutsidePlugin)[]): Recognised {
  const plugins: Plugin[] = [];
  const problems: Problem[] = [];
  for (const one of given) {
    const outside = isOutside(one) ? one : undefined;
    if (outside?.trouble !== undefined) {
      problems.push(notImported(outside.from, outside.trouble));
      continue;
    }
    const value = outside === undefined ? one : outside.exported;
    const found = problemsOf(value, outside?.from);
    if (found.length === 0) plugins.push(value as Plugin);
    problems.push(...found);
  }
  return { plugins, problems };
}

function problemsOf(value: unknown, from: string | undefined): Problem[] {
  const name = nameOf(value, from);
  const subject = from === undefined || from === name ? `"${name}"` : `"${name}" from "${from}"`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [
      {
        code: 'NOT_A_PLUGIN',
        plugin: name,
        element: 'default export',
        message: `${subject} is not a plugin: its default export is ${describe(value)}.`,
        cure: 'Write "export default definePlugin({ … })" in it.',
      },
    ];
  }
  const parsed = safely(() => pluginShape.safeParse(value));
  if (parsed instanceof Error) {
    return [
      {
        code: 'NOT_A_PLUGIN',
        plugin: name,
        element: 'default export',
        message: `${subject} is not a plugin: reading it throws "${parsed.message}".`,
        cure: 'Make it plain data: definePlugin({ … }) without getters that can fail.',
      },
    ];
  }
  return (parsed.error?.issues ?? []).flatMap((issue) => {
    const at = pathOf(issue.path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        code: 'NOT_A_PLUGIN' as const,
        plugin: name,
        element: at === '' ? key : `${at}.${key}`,
        message: `${subject} is not a plugin of this contract: it has a member ${at === '' ? key : `${at}.${key}`}, which nobody knows.`,
        cure: `Remove it${hint(key, at === '' ? Object.keys(pluginShape.shape) : []) || '.'}`,
      }));
    }
    return {
      code: 'NOT_A_PLUGIN' as const,
      plugin: name,
      element: at,
      message: `${subject} is not a plugin of this contract: its ${at} is ${presence(value, issue.path)}.`,
      cure: `There, ${issue.message}.`,
    };
  });
}

const notImported = (from: string, trouble: string): Problem => ({
  code: 'NOT_A_PLUGIN',
  plugin: from,
  element: 'import',
  message: `"${from}" cannot be imported: ${trouble.replace(/\.$/, '')}.`,
  cure: `Install it beside acorn.config.ts, or remove "${from}" from plugins.install.`,
});

/** No plugin has these members together. */
const isOutside = (given: Plugin | OutsidePlugin): given is OutsidePlugin =>
  typeof given === 'object' && given !== null && 'from' in given && ('exported' in given || 'trouble' in given);

function nameOf(value: unknown, from: string | undefined): string {
  const own = safely(() => (value as { id?: unknown } | null | undefined)?.id);
  return typeof own === 'string' && own !== '' ? own : (from ?? 'without an id');
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'function' ? 'a function' : `a ${typeof value}`;
}

function presence(value: unknown, path: readonly PropertyKey[]): string {
  let at: unknown = value;
  for (const key of path) at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
  return at === undefined ? 'missing' : 'not right';
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');

function safely<T>(read: () => T): T | Error {
  try {
    return read();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
