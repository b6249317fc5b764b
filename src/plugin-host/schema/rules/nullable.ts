import { Kind } from 'graphql';
import type { Rule } from '../addition.ts';

/** What a plugin hangs on a type that is not its own may be null, since a failure that may not be null takes the parent with it. */
export const nullable: Rule = ({ plugin, foreign }) =>
  foreign
    .filter(({ node }) => node.type.kind === Kind.NON_NULL_TYPE)
    .map(({ at }) => ({
      code: 'FIELD_NOT_NULLABLE' as const,
      plugin: plugin.id,
      element: at,
      message: `${at} of ${plugin.id} may not be null: if it failed, it would take with it what is not the plugin's.`,
      cure: `Take the ! from the type of ${at}; fields inside types of your own may keep it.`,
    }));
