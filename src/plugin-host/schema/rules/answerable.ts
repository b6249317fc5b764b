import type { Rule } from '../addition.ts';

/** What a field asks of the core, the core answers there; and it asks instead of reading, so that there is one parent. */
export const answerable: Rule = ({ plugin, fields }, core) =>
  Object.entries(fields).flatMap(([at, { asks, select }]) => {
    if (asks === undefined) return [];
    const problem = (message: string, cure: string) => ({
      code: 'QUESTION_UNKNOWN' as const,
      plugin: plugin.id,
      element: at,
      message,
      cure,
    });
    const known = [...(core.fields?.questions?.keys() ?? [])];
    const type = at.split('.')[0] ?? '';
    if (!known.includes(`${type}.${asks}`)) {
      return [
        problem(
          `${at} of ${plugin.id} asks the core for ${asks}, and there is no such question of ${type}.`,
          `Ask one of ${known.join(', ')}, or select columns.`,
        ),
      ];
    }
    if (select === undefined) return [];
    return [
      problem(
        `${at} of ${plugin.id} asks for ${asks} and selects columns, and is handed only one of the two.`,
        `Take select, or asks, from schema.fields['${at}'].`,
      ),
    ];
  });
