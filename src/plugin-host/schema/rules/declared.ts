import type { Rule } from '../addition.ts';

/** The SDL and the functions tell of the same fields: none is written and never answered, none answered and never written. */
export const declared: Rule = ({ plugin, fields, foreign, own }) => {
  const written = new Set([...foreign, ...own].map(({ at }) => at));
  return [
    ...foreign
      .filter(({ at }) => !Object.hasOwn(fields, at))
      .map(({ at }) => ({
        code: 'FIELD_UNDECLARED' as const,
        plugin: plugin.id,
        element: at,
        message: `The SDL of ${plugin.id} writes ${at}, and schema.fields has nothing that answers it.`,
        cure: `Add '${at}': { needs, resolve } to schema.fields.`,
      })),
    ...Object.keys(fields)
      .filter((at) => !written.has(at))
      .map((at) => ({
        code: 'FIELD_UNDECLARED' as const,
        plugin: plugin.id,
        element: at,
        message: `schema.fields of ${plugin.id} answers ${at}, and its SDL does not write that field.`,
        cure: `Write the field in schema.sdl, or take '${at}' out of schema.fields.`,
      })),
  ];
};
