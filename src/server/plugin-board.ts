import type { PluginBoard } from '../../schema/context.ts';
import type { Composition } from '../plugin-host/composition.ts';

/** The board with what an operator overrode: a plugin outside its range runs, and everybody can see that it does. */
export const boardOf = ({ notices }: Pick<Composition, 'notices'>, board: PluginBoard): PluginBoard => ({
  list: () =>
    board.list().map((status) => {
      const noticed = notices.filter(({ plugin }) => plugin === status.id);
      if (noticed.length === 0) return status;
      const problems = noticed.map(({ message }) => ({ part: 'composition', message }));
      return { ...status, problems: [...problems, ...status.problems] };
    }),
});
