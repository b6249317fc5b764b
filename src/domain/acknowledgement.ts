import { type Eaches, none, plus } from '../base/eaches.ts';
import type { Asin, LineNumber } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Acknowledged } from './changes.ts';
import type { AcknowledgedLine, LineProgress, LinesAcknowledged } from './facts.ts';

/** One answer to one line. */
export interface AcknowledgementEvent {
  readonly at: Instant;
  /** Accepted, Backordered or Rejected. */
  readonly code: string;
  readonly quantity: Eaches;
  /** Amazon's word, or LEFT_OUT when the answer was silence. */
  readonly rejectionReason?: string;
  readonly scheduledShipAt?: Instant;
  readonly scheduledDeliveryAt?: Instant;
  /** Not replaced by a later answer to the same line. */
  readonly standing: boolean;
}

export interface AcknowledgementState extends Acknowledged {
  /** Whether there is any answer. */
  readonly acknowledged: boolean;
  readonly acknowledgements: readonly AcknowledgementEvent[];
}

interface Line {
  readonly lineNumber: LineNumber;
  readonly asin: Asin | undefined;
  readonly vendorSku: string | undefined;
  readonly ordered: Eaches;
}

type Answer = Omit<AcknowledgementEvent, 'standing'>;

/**
 * What the vendor answered to a line, from the acknowledgements themselves and from Amazon's totals.
 *
 * A later answer replaces an earlier one of the same line. A line left out of the order's acknowledgements is rejected
 * in full, unless Amazon's totals say otherwise. Where Amazon's totals are newer than our last answer, they count;
 * they show a backorder among the accepted, so our own answer tells the two apart.
 * @source Vendor Retail Procurement guide, acknowledgement rules
 */
export function foldAcknowledgement(
  line: Line,
  steps: readonly { readonly asOf: Instant; readonly line: LineProgress }[],
  acknowledged: readonly LinesAcknowledged[],
): AcknowledgementState {
  const own = acknowledged.flatMap((fact) => {
    const answer = fact.lines.find((candidate) => answers(candidate, line));
    return answer === undefined ? [] : [{ asOf: fact.asOf, answer }];
  });
  const totals = steps.findLast(({ line: step }) => isAnswered(step));
  const last = own.at(-1);

  if (last === undefined && totals === undefined) {
    const leftOutOf = acknowledged.at(-1);
    return leftOutOf === undefined ? unanswered : leftOut(line, leftOutOf);
  }

  const events = own.length > 0 ? ownEvents(own) : totalEvents(steps, totals);
  const answered = last === undefined ? noAnswer : answeredBy(last.answer);
  if (totals === undefined || (last !== undefined && last.asOf >= totals.asOf)) {
    return { acknowledged: true, ...answered, acknowledgements: events };
  }
  const total = totals.line.accepted ?? answered.accepted;
  const rejected = totals.line.rejected ?? answered.rejected;
  // Amazon counts what we backordered among the accepted: what is accepted beyond our own answer is that backorder.
  const within = clamp(total - answered.accepted, answered.backordered);
  const backordered = within > 0 ? within : clamp(line.ordered - total - rejected, answered.backordered);
  return { acknowledged: true, accepted: (total - within) as Eaches, backordered, rejected, acknowledgements: events };
}

const clamp = (count: number, most: Eaches): Eaches => Math.max(0, Math.min(count, most)) as Eaches;

const noAnswer: Acknowledged = { accepted: none, backordered: none, rejected: none };
const unanswered: AcknowledgementState = { acknowledged: false, ...noAnswer, acknowledgements: [] };

/** An acknowledgement names a line by number, or by the product when it left the number out. */
function answers(candidate: AcknowledgedLine, line: Line): boolean {
  if (candidate.lineNumber !== undefined) return candidate.lineNumber === line.lineNumber;
  if (candidate.asin !== undefined) return candidate.asin === line.asin;
  return candidate.vendorSku !== undefined && candidate.vendorSku === line.vendorSku;
}

const isAnswered = (step: LineProgress): boolean =>
  (step.accepted ?? 0) > 0 || (step.rejected ?? 0) > 0 || (step.acknowledgements?.length ?? 0) > 0;

function answeredBy(line: AcknowledgedLine): Acknowledged {
  const total = (code: string) =>
    line.entries.filter((entry) => entry.code === code).reduce((sum, entry) => plus(sum, entry.quantity), none);
  return { accepted: total('Accepted'), backordered: total('Backordered'), rejected: total('Rejected') };
}

function ownEvents(
  own: readonly { readonly asOf: Instant; readonly answer: AcknowledgedLine }[],
): AcknowledgementEvent[] {
  return own.flatMap(({ asOf, answer }, index) =>
    answer.entries.map((entry) => ({ at: asOf, ...entry, standing: index === own.length - 1 })),
  );
}

/** Amazon's history of one line: each entry is the whole answer as it was. */
function totalEvents(
  steps: readonly { readonly asOf: Instant; readonly line: LineProgress }[],
  totals: { readonly asOf: Instant; readonly line: LineProgress } | undefined,
): AcknowledgementEvent[] {
  const byInstant = new Map<Instant, Answer[]>();
  for (const { line } of steps) {
    for (const entry of line.acknowledgements ?? [])
      byInstant.set(entry.at, parts(entry.at, entry.accepted, entry.rejected));
  }
  if (byInstant.size === 0 && totals !== undefined) {
    byInstant.set(totals.asOf, parts(totals.asOf, totals.line.accepted ?? none, totals.line.rejected ?? none));
  }
  const instants = [...byInstant.keys()].sort();
  return instants.flatMap((at, index) =>
    (byInstant.get(at) ?? []).map((answer) => ({ ...answer, standing: index === instants.length - 1 })),
  );
}

function parts(at: Instant, accepted: Eaches, rejected: Eaches): Answer[] {
  return [
    ...(accepted > 0 ? [{ at, code: 'Accepted', quantity: accepted }] : []),
    ...(rejected > 0 ? [{ at, code: 'Rejected', quantity: rejected }] : []),
  ];
}

function leftOut(line: Line, fact: LinesAcknowledged): AcknowledgementState {
  const event = {
    at: fact.asOf,
    code: 'Rejected',
    quantity: line.ordered,
    rejectionReason: 'LEFT_OUT',
    standing: true,
  };
  return { acknowledged: true, ...noAnswer, rejected: line.ordered, acknowledgements: line.ordered > 0 ? [event] : [] };
}
