import type { Selection } from '../../../seams/schema.ts';
import type { Core, Problem } from '../../composition.ts';
import { type Addition, type Rule, rootTypes } from '../addition.ts';
import { modelOf } from '../model.ts';

/** What a field selects is there, is a column, and is of a model that the plugin says it reads. */
export const selectable: Rule = (addition, core) =>
  Object.entries(addition.fields).flatMap(([at, { select }]) => {
    if (select === undefined) return [];
    const type = at.split('.')[0] ?? '';
    const model = rootTypes.has(type) ? undefined : modelOf(core.schema.getType(type));
    if (model === undefined || !core.models.has(model)) {
      return [
        {
          code: 'MODEL_UNKNOWN' as const,
          plugin: addition.plugin.id,
          element: at,
          message: `${at} of ${addition.plugin.id} selects columns, and no model stands behind ${type}.`,
          cure: `Take select from schema.fields['${at}'], or hang the field on one of ${[...core.models.keys()].sort().join(', ')}.`,
        },
      ];
    }
    return inside(select, model, at, { addition, core });
  });

interface Looking {
  readonly addition: Addition;
  readonly core: Core;
}

function inside(selection: Selection, model: string, at: string, looking: Looking): Problem[] {
  const { core, addition } = looking;
  const { plugin } = addition;
  const members = core.models.get(model) ?? new Set<string>();
  return Object.entries(selection).flatMap(([member, wanted]): Problem[] => {
    const element = `${at} select ${model}.${member}`;
    const unknown = (message: string, cure: string): Problem[] => [
      { code: 'COLUMN_UNKNOWN', plugin: plugin.id, element, message, cure },
    ];
    const target = core.relations?.get(`${model}.${member}`);
    if (!members.has(member)) {
      return unknown(
        `${at} of ${plugin.id} selects ${member}, and ${model} has no such member.`,
        `Select one of ${[...members].sort().join(', ')}.`,
      );
    }
    if (typeof wanted === 'boolean') {
      return target === undefined
        ? []
        : unknown(
            `${at} of ${plugin.id} selects all of ${model}.${member}, which is a relation to ${target}.`,
            `Name the columns: ${member}: { select: { … } }.`,
          );
    }
    if (target === undefined) {
      return unknown(
        `${at} of ${plugin.id} selects inside ${model}.${member}, which is a column.`,
        `Write ${member}: true.`,
      );
    }
    if (!core.models.has(target)) {
      return [
        {
          code: 'MODEL_UNKNOWN',
          plugin: plugin.id,
          element,
          message: `${at} of ${plugin.id} selects from ${target}, which plugins do not read.`,
          cure: `Take ${member} from the select.`,
        },
      ];
    }
    const undeclared: Problem[] = (plugin.capabilities?.reads ?? []).includes(target)
      ? []
      : [
          {
            code: 'MODEL_UNDECLARED',
            plugin: plugin.id,
            element,
            message: `${at} of ${plugin.id} selects from ${target}, and its capabilities do not say that it reads that.`,
            cure: `Add '${target}' to capabilities.reads of ${plugin.id}.`,
          },
        ];
    return [...undeclared, ...inside(wanted.select, target, at, looking)];
  });
}
