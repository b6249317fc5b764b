import type { Part } from './part.ts';

/**
 * A word of a vocabulary, in the vocabulary's spelling. Other capitals, blanks and stops are noted and put right; a
 * word nobody knows yet is kept verbatim and noted.
 */
export function asWord(part: Part, known: readonly string[]): string {
  const text = part.asText();
  if (known.includes(text)) return text;
  const folded = fold(text);
  const meant = known.find((word) => fold(word) === (misspelt[folded] ?? folded));
  part.warn(meant === undefined ? 'UNKNOWN_VALUE' : 'NORMALISED', text);
  return meant ?? text;
}

export function word(part: Part, name: string, known: readonly string[]): string | undefined {
  const found = part.member(name);
  return found === undefined ? undefined : asWord(found, known);
}

export const needWord = (part: Part, name: string, known: readonly string[]): string => asWord(part.need(name), known);

const fold = (text: string): string => text.toLowerCase().replaceAll(/[\s._-]/g, '');

/** Spellings that Amazon's own pages get wrong. @source Orders API model, table of receiveStatus */
const misspelt: Readonly<Record<string, string>> = { partiallyreceive: 'partiallyreceived' };
