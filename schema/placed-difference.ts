import type { Asin, LineNumber } from '../src/base/ids.ts';
import type { Difference } from '../src/domain/changes.ts';

/** A difference between two versions, and the line it is about where it is about one. */
export interface PlacedDifference {
  readonly lineNumber?: LineNumber;
  readonly asin?: Asin;
  readonly difference: Difference;
}
