import type { Core, Problem } from '../../composition.ts';
import type { Addition } from '../addition.ts';

/** Who has a name already: a plugin, or the core. */
export class Owners {
  readonly #core: Core;
  readonly #of = new Map<string, string>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** By coordinate, `Type` or `Type.field`, all that is not the core's. */
  get all(): ReadonlyMap<string, string> {
    return this.#of;
  }

  /** Write down what a plugin brings; what another has already is a problem that names both, and stays with the other. */
  claim({ plugin, types, foreign, own }: Addition): readonly Problem[] {
    const problems: Problem[] = [];
    const take = (code: 'DUPLICATE_TYPE' | 'DUPLICATE_FIELD', element: string): void => {
      const owner = this.#owner(element);
      if (owner === undefined) {
        this.#of.set(element, plugin.id);
        return;
      }
      // Twice in one SDL is told with its line.
      if (owner === plugin.id) return;
      const what = code === 'DUPLICATE_TYPE' ? 'type' : 'field';
      problems.push({
        code,
        plugin: plugin.id,
        element,
        message: `${plugin.id} brings the ${what} ${element}, which ${owner} has already.`,
        cure:
          owner === 'the core'
            ? `Give the ${what} of ${plugin.id} another name.`
            : `Install only one of ${owner} and ${plugin.id}, or give one of them another id, from which its names follow.`,
      });
    };
    for (const name of types.keys()) take('DUPLICATE_TYPE', name);
    // A field of a type that could not be taken is no second problem.
    for (const { type, at } of own) if (this.#of.get(type) === plugin.id) this.#of.set(at, plugin.id);
    for (const { at } of foreign) take('DUPLICATE_FIELD', at);
    return problems;
  }

  #owner(element: string): string | undefined {
    const [type = '', field] = element.split('.');
    const found = this.#core.schema.getType(type);
    const core = field === undefined ? found : found && 'getFields' in found ? found.getFields()[field] : undefined;
    return core === undefined ? this.#of.get(element) : 'the core';
  }
}
