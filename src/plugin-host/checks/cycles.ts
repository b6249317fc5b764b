import { predecessors } from '../order.ts';
import { compareText } from '../words.ts';
import type { Check } from './check.ts';

/**
 * No plugin comes after itself, by whatever way round. Every step that lies on a circle is shown in at least one path,
 * so that removing what the paths name leaves no circle behind.
 */
export const cycles: Check = ({ plugins }) => {
  const known = new Set(plugins.map(({ id }) => id));
  const next = new Map(
    plugins.map((plugin) => [
      plugin.id,
      predecessors(plugin)
        .filter((id) => known.has(id))
        .sort(compareText),
    ]),
  );
  const requires = new Map(plugins.map((plugin) => [plugin.id, plugin.requires ?? {}]));
  const shown = new Set<string>();
  const paths: string[][] = [];
  for (const from of [...known].sort(compareText)) {
    for (const to of next.get(from) ?? []) {
      if (shown.has(`${from} ${to}`)) continue;
      const back = shortestPath(next, to, from);
      if (back === undefined) continue;
      const circle = smallestFirst([from, ...back.slice(0, -1)]);
      const path = [...circle, circle[0] ?? from];
      for (const [index, id] of circle.entries()) shown.add(`${id} ${path[index + 1]}`);
      paths.push(path);
    }
  }
  return paths.map((path) => {
    const start = path[0] ?? '';
    const steps = path.slice(1).map((id, index) => {
      const before = path[index] ?? '';
      return `"${before}" ${id in (requires.get(before) ?? {}) ? 'requires' : 'comes after'} "${id}"`;
    });
    return {
      code: 'REQUIREMENT_CYCLE',
      plugin: start,
      element: path.join(' → '),
      message: `No order lets these plugins start: ${path.join(' → ')}.`,
      cure: `Remove one of the steps: ${steps.join(', ')}.`,
    };
  });
};

/** From one plugin to another, both named; breadth first, so the shortest. */
function shortestPath(
  next: ReadonlyMap<string, readonly string[]>,
  from: string,
  to: string,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const id of cameFrom.keys()) {
    if (id === to) {
      const path: string[] = [];
      for (let at: string | undefined = id; at !== undefined; at = cameFrom.get(at)) path.unshift(at);
      return path;
    }
    for (const step of next.get(id) ?? []) if (!cameFrom.has(step)) cameFrom.set(step, id);
  }
  return undefined;
}

function smallestFirst(circle: readonly string[]): string[] {
  const smallest = [...circle].sort(compareText)[0] ?? '';
  const start = circle.indexOf(smallest);
  return [...circle.slice(start), ...circle.slice(0, start)];
}
