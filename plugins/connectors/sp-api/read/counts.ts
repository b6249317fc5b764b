import { asEaches, type CountedIn, type Eaches, parseDecimal } from 'acorn/plugin';
import { isNumber } from './json.ts';
import type { Part } from './part.ts';
import { vocabulary } from './vocabulary.ts';
import { asWord } from './words.ts';

/** A count as it was written, and what it comes to. */
export interface Quantity {
  /** In eaches: cases times eaches per case. */
  readonly eaches: Eaches;
  /** As written, in `countedIn`. */
  readonly written: number;
  readonly countedIn: CountedIn;
  /** Eaches per case; 1 for eaches. */
  readonly caseSize: number;
}

/**
 * An ItemQuantity of Amazon's: `{amount, unitOfMeasure, unitSize}`.
 *
 * @param line the quantity of the same line that was read first: where this one leaves out its unit or case size, the
 *             line's own stands in. A case of unknown size counts as one each, and is noted.
 */
export function asQuantity(part: Part, line?: Quantity): Quantity {
  const amount = part.need('amount');
  const written = asWhole(amount);
  if (written < 0) amount.refuse('NOT_A_COUNT', `Expected a count of zero or more, found ${amount.found()}.`);
  const countedIn = unitOf(part, line);
  const caseSize = countedIn === 'CASES' ? caseSizeOf(part, line) : 1;
  const eaches = asEaches(written * caseSize);
  if (eaches === undefined) return part.refuse('NOT_A_COUNT', `Expected a count, found ${part.found()}.`);
  return { eaches, written, countedIn, caseSize };
}

export function quantity(part: Part | undefined, name: string, line?: Quantity): Quantity | undefined {
  const found = part?.member(name);
  return found === undefined ? undefined : asQuantity(found, line);
}

/** A whole number, perhaps negative, perhaps sent as text. `10.0` is one; `10.5` is not. */
export function whole(part: Part | undefined, name: string): number | undefined {
  const found = part?.member(name);
  return found === undefined ? undefined : asWhole(found);
}

export function wholeEaches(part: Part | undefined, name: string): Eaches | undefined {
  const count = whole(part, name);
  return count === undefined
    ? undefined
    : (asEaches(count) ?? part?.need(name).refuse('NOT_A_COUNT', `Expected a count, found ${count}.`));
}

function asWhole(part: Part): number {
  const text = isNumber(part.json) ? part.json.value : typeof part.json === 'string' ? part.json : '';
  const exact = parseDecimal(text);
  if (!exact.ok || exact.value.includes('.') || exact.value.length > 11) {
    return part.refuse('NOT_A_COUNT', `Expected a whole number, found ${part.found()}.`);
  }
  if (typeof part.json === 'string') part.warn('UNEXPECTED_SHAPE', 'text where a whole number belongs');
  return Number(exact.value);
}

function unitOf(part: Part, line: Quantity | undefined): CountedIn {
  const unit = part.member('unitOfMeasure');
  if (unit === undefined) {
    part.notes.warn('MISSING_MEMBER', `${part.path}/unitOfMeasure`, 'nothing');
    return line?.countedIn ?? 'EACHES';
  }
  switch (asWord(unit, vocabulary.unitOfMeasure)) {
    case 'Eaches':
      return 'EACHES';
    case 'Cases':
      return 'CASES';
    default:
      return unit.refuse('NOT_A_COUNT', `Expected a count in Eaches or Cases, found ${unit.found()}.`);
  }
}

function caseSizeOf(part: Part, line: Quantity | undefined): number {
  const size = whole(part, 'unitSize');
  if (size !== undefined && size > 0) return size;
  part.notes.warn('MISSING_MEMBER', `${part.path}/unitSize`, size === undefined ? 'nothing' : String(size));
  return line?.countedIn === 'CASES' ? line.caseSize : 1;
}
