import type { CalendarDate } from '../../base/calendar-date.ts';

/** From its first day to its last, both included; open where one is left out. */
export interface Validity {
  readonly validFrom?: CalendarDate;
  readonly validUntil?: CalendarDate;
}

/** Whether a registration or a certificate holds on that day. */
export const inForce = ({ validFrom, validUntil }: Validity, on: CalendarDate): boolean =>
  (validFrom === undefined || validFrom <= on) && (validUntil === undefined || on <= validUntil);
