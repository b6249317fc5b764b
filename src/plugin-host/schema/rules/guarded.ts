import type { Problem } from '../../composition.ts';
import type { Rule } from '../addition.ts';

/** Nothing opens by itself: each way into a plugin's answers names a right, and one that exists. */
export const guarded: Rule = ({ plugin, fields, foreign }, core) => {
  const rights = new Set([...core.scopes, ...Object.keys(plugin.scopes ?? {})]);
  const known = [...rights].sort().join(', ');
  const problems: Problem[] = [];
  for (const { at } of foreign) {
    if (Object.hasOwn(fields, at) && fields[at]?.needs === undefined) {
      problems.push({
        code: 'FIELD_WITHOUT_RIGHT',
        plugin: plugin.id,
        element: at,
        message: `${at} of ${plugin.id} names no right, so anybody could read it.`,
        cure: `Add needs to schema.fields['${at}'], one of ${known}.`,
      });
    }
  }
  for (const [at, { needs }] of Object.entries(fields)) {
    if (needs !== undefined && !rights.has(needs)) {
      problems.push({
        code: 'SCOPE_UNKNOWN',
        plugin: plugin.id,
        element: at,
        message: `${at} of ${plugin.id} needs the right ${needs}, which nobody can have.`,
        cure: `Write one of ${known}, or add ${needs} to scopes of ${plugin.id}.`,
      });
    }
  }
  return problems;
};
