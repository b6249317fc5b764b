import type { Part } from './part.ts';
import { vocabulary } from './vocabulary.ts';
import { needWord } from './words.ts';

/**
 * The values under one name of a list of related identifiers, each once. `undefined` when the document carries no such
 * list, so it does not say; empty when it carries one without this name, so it says: none.
 */
export function related(part: Part, name: string, list = 'relatedIdentifiers'): string[] | undefined {
  if (part.member(list) === undefined) return undefined;
  const values = part
    .list(list)
    .filter((one) => needWord(one, 'relatedIdentifierName', vocabulary.relatedIdentifier) === name)
    .flatMap((one) => one.list('relatedIdentifierValue').map((value) => value.asText()));
  return [...new Set(values)];
}
