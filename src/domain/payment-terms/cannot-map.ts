import { no, type Result } from '../../base/result.ts';
import type { Offset } from './terms.ts';

/** Terms that a format has no words for. They are agreed in words there, never approximated. */
export interface Cannot {
  readonly code: 'TERMS_CANNOT_BE_MAPPED';
  readonly format: 'sp-api' | 'x12-itd';
  /** The part that cannot be said. */
  readonly because:
    | Offset['kind']
    | 'later-of'
    | 'fixed-date'
    | 'base-date'
    | 'instalments'
    | 'discount-base'
    | 'discount-offset';
}

export const cannot = (format: Cannot['format'], because: Cannot['because']): Result<never, Cannot> =>
  no({ code: 'TERMS_CANNOT_BE_MAPPED', format, because });

/** The days of an offset that is nothing but calendar days. */
export const netDaysOf = (offset: Offset): number | undefined => (offset.kind === 'days' ? offset.days : undefined);
