/** How deep brackets may nest. Far above any sensible question, far below where graphql-js overflows its stack. */
export const deepestNesting = 100;

/**
 * How deep the brackets of a document nest, up to `enough`. Read before parsing, because a document of two
 * thousand nested lists passes every limit on tokens and then overflows the parser.
 *
 * Brackets in strings and comments do not count.
 */
export function nesting(document: string, enough: number = deepestNesting + 1): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < document.length && deepest < enough; at += 1) {
    switch (document.charCodeAt(at)) {
      case 0x28: // (
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        if (depth > deepest) deepest = depth;
        break;
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        depth = Math.max(0, depth - 1);
        break;
      case 0x22: // "
        at = endOfString(document, at);
        break;
      case 0x23: // #
        at = endOfLine(document, at);
        break;
    }
  }
  return deepest;
}

function endOfString(document: string, from: number): number {
  if (document.startsWith('"""', from)) {
    for (let at = from + 3; at < document.length; at += 1) {
      if (document.startsWith('\\"""', at)) at += 3;
      else if (document.startsWith('"""', at)) return at + 2;
    }
    return document.length;
  }
  for (let at = from + 1; at < document.length; at += 1) {
    const character = document[at];
    if (character === '\\') at += 1;
    // A string that does not end on its line is the parser's to refuse; what follows counts.
    else if (character === '"' || character === '\n' || character === '\r') return at;
  }
  return document.length;
}

function endOfLine(document: string, from: number): number {
  for (let at = from; at < document.length; at += 1) {
    if (document[at] === '\n' || document[at] === '\r') return at;
  }
  return document.length;
}
