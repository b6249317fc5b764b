import { hint } from '../words.ts';
import type { Check } from './check.ts';

/** What a plugin asks to read exists. */
export const capabilities: Check = ({ core, plugins }) =>
  plugins.flatMap(({ id, capabilities: { reads = [] } = {} }) =>
    reads
      .filter((model) => !core.models.has(model))
      .map((model) => ({
        code: 'MODEL_UNKNOWN' as const,
        plugin: id,
        element: `capabilities.reads ${model}`,
        message: `"${id}" asks to read the model "${model}", and there is no such model.`,
        cure: `Write the name of a core model${hint(model, core.models.keys()) || '.'}`,
      })),
  );
