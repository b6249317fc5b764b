import { Kind, visit } from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';
import type { Problem } from '../../composition.ts';
import { type Rule, sdlProblem } from '../addition.ts';

/** What rules of their own tell in better words: clashes with the core, and a schema named anew. */
const toldElsewhere = /already exists in the schema|^There can be only one schema|^Cannot define a new schema/;

/**
 * What GraphQL itself demands of SDL that extends the core: known types, known directives, arguments once each. The
 * types of another plugin are not known, since a tenant may see one plugin without the other.
 */
export const valid: Rule = ({ plugin, document }, core) => {
  const problems: Problem[] = validateSDL(document, core.schema)
    .filter(({ message }) => !toldElsewhere.test(message))
    .map((error) => sdlProblem(plugin, error));
  visit(document, {
    [Kind.NAMED_TYPE]: (node) => {
      if (node.name.value !== 'Float') return;
      const line = node.loc?.startToken.line ?? 1;
      problems.push({
        code: 'SDL_INVALID',
        plugin: plugin.id,
        element: `schema.sdl:${line}`,
        message: `The SDL of ${plugin.id} is wrong at line ${line}: nothing in this schema is a Float, which loses digits.`,
        cure: 'Use Decimal, Money or Int.',
      });
    },
  });
  return problems;
};
