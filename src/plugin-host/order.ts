import type { Plugin } from '../seams/plugin.ts';
import { compareText } from './words.ts';

/**
 * Plugins in the order in which they start: each after those it requires, or wants to come after. Ties by id, so the
 * place in a list never matters. A circle is broken at its smallest id, only so that other problems can still be found.
 *
 * @param plugins one per id
 */
export function inOrder(plugins: readonly Plugin[]): Plugin[] {
  const waiting = new Map([...plugins].sort((a, b) => compareText(a.id, b.id)).map((plugin) => [plugin.id, plugin]));
  const ordered: Plugin[] = [];
  while (waiting.size > 0) {
    const candidates = [...waiting.values()];
    const next =
      candidates.find((plugin) => !predecessors(plugin).some((id) => waiting.has(id) && id !== plugin.id)) ??
      candidates[0];
    if (next === undefined) break;
    waiting.delete(next.id);
    ordered.push(next);
  }
  return ordered;
}

/** Whom it comes after, whether they are there or not; each once. */
export const predecessors = ({ requires = {}, after = [] }: Plugin): readonly string[] => [
  ...new Set([...Object.keys(requires), ...after]),
];
