import { dayIn } from '../src/base/calendar-date.ts';
import { type Decimal, decimal } from '../src/base/decimal.ts';
import { fromMillis, type Instant } from '../src/base/instant.ts';
import { money } from '../src/base/money.ts';
import { no, type Result } from '../src/base/result.ts';
import type { FreightTerm } from '../src/domain/changes.ts';
import type { StatedTerms } from '../src/domain/facts.ts';
import { revise, type Settlement, type SettlementQuestion, type TermDates } from '../src/domain/payment-terms/index.ts';
import type { Site, SiteRefusal } from '../src/seams/site.ts';
import { dateOf } from './taxable-invoice.ts';

/** The columns of an invoice, and of what it charges, that decide when it is paid. */
export interface SettledRows {
  readonly issuedOn: Date;
  readonly receivedAt: Date | null;
  readonly terms: string | null;
  readonly discountPercent: { toFixed(): string } | null;
  readonly discountDueDays: number | null;
  readonly netDueDays: number | null;
  readonly vendorCode: string | null;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly taxMinor: bigint | null;
  readonly account: { readonly timeZone: string; readonly marketplaceId: string };
  readonly lines: readonly {
    readonly invoiced: number;
    readonly netMinor: bigint | null;
    readonly orderLine: {
      readonly invoiced: number;
      readonly order: { readonly freightTerm: string | null };
      readonly receipts: readonly { readonly receivedAt: Date; readonly correction: boolean }[];
    } | null;
  }[];
}

/** What a site says of an invoice, and what it would have said earlier. */
export interface AskedSettlement {
  readonly answer: Result<Settlement, SiteRefusal>;
  /** Why amounts are not part of the answer, where the days are known and they are not. */
  readonly amountsRefused?: SiteRefusal;
}

/** What a site said while it knew less: until the next one. */
export interface EarlierSettlement {
  /** When the day that made it so was told; absent for what the invoice's own date says. */
  readonly since?: Instant;
  readonly settlement: Settlement;
}

/** Ask the site with all that is known now. */
export function askSettlement(rows: SettledRows, site: Site): AskedSettlement {
  const settle = site.settle?.bind(site);
  if (settle === undefined) {
    return { answer: no({ code: 'NOT_ANSWERED_YET', site: site.code, question: 'settlement' }) };
  }
  const question = questionOf(rows, site);
  const { amounts: _amounts, ...daysOnly } = question;
  const answer = settle(question);
  // A freight that no document names leaves the days as they are.
  return !answer.ok && answer.refusal.code === 'TERM_AMOUNT_MISSING'
    ? { answer: settle(daysOnly), amountsRefused: answer.refusal }
    : { answer };
}

/**
 * The answers a site would have given as the days were told, oldest first and the one that holds now last. What was not
 * told yet was refused then, and stands for nothing here.
 */
export function settlementHistory(rows: SettledRows, site: Site): EarlierSettlement[] {
  const { amounts: _amounts, ...question } = questionOf(rows, site);
  const told = [...(rows.receivedAt === null ? [] : [rows.receivedAt]), ...receiptsOf(rows).flat()];
  const moments = [...new Set(told.map((at) => at.getTime()))].sort((a, b) => a - b);
  const history: EarlierSettlement[] = [];
  for (const moment of [undefined, ...moments]) {
    const found = site.settle?.({ ...question, dates: datesKnown(rows, moment) });
    if (found?.ok !== true) continue;
    const before = history.map(({ settlement }) => settlement);
    if (revise(before, found.value).length === before.length) continue;
    history.push({ ...(moment === undefined ? {} : { since: fromMillis(moment) }), settlement: found.value });
  }
  return history;
}

function questionOf(rows: SettledRows, site: Site): SettlementQuestion {
  const terms = statedTerms(rows);
  const freightTerm = freightTermOf(rows);
  const country = site.marketplaces.find(({ id }) => id === rows.account.marketplaceId)?.country;
  return {
    dates: datesKnown(rows, Number.POSITIVE_INFINITY),
    ...(terms === undefined ? {} : { terms }),
    ...(rows.vendorCode === null ? {} : { vendorCode: rows.vendorCode }),
    ...(freightTerm === undefined ? {} : { freightTerm }),
    ...(country === undefined ? {} : { country }),
    amounts: amountsOf(rows),
  };
}

function statedTerms({ terms, discountPercent, discountDueDays, netDueDays }: SettledRows): StatedTerms | undefined {
  if (terms === null && netDueDays === null) return undefined;
  const percent: Decimal | undefined = discountPercent === null ? undefined : decimal(discountPercent.toFixed());
  return {
    // Days without a word are plain ones. @source Vendor Invoices API, `PaymentTerms.type` Basic
    text: terms ?? 'Basic',
    ...(percent === undefined ? {} : { discountPercent: percent }),
    ...(discountDueDays === null ? {} : { discountDueDays }),
    ...(netDueDays === null ? {} : { netDueDays }),
  };
}

/** Whoever pays the carrier of all that it charges; nobody where its orders differ. */
function freightTermOf({ lines }: SettledRows): FreightTerm | undefined {
  const [term, ...others] = new Set(lines.map(({ orderLine }) => orderLine?.order.freightTerm ?? undefined));
  return others.length === 0 && (term === 'PREPAID' || term === 'COLLECT') ? term : undefined;
}

/** Where its lines and its tax are all there is, it charges no freight; otherwise nobody has said how much. */
function amountsOf({ currency, totalMinor, taxMinor, lines }: SettledRows): NonNullable<SettlementQuestion['amounts']> {
  const nets = lines.map(({ netMinor }) => netMinor);
  const net = nets.includes(null) ? undefined : nets.reduce<bigint>((sum, minor) => sum + (minor ?? 0n), 0n);
  const goodsOnly = lines.length > 0 && taxMinor !== null && net !== undefined && net + taxMinor === totalMinor;
  return {
    total: money(totalMinor, currency),
    ...(taxMinor === null ? {} : { tax: money(taxMinor, currency) }),
    ...(goodsOnly ? { freight: money(0n, currency) } : {}),
  };
}

/** @param moment milliseconds; what was told later is not known. Left out: nothing but the invoice is */
function datesKnown(rows: SettledRows, moment: number | undefined): TermDates {
  const { timeZone } = rows.account;
  const until = (at: Date): boolean => moment !== undefined && at.getTime() <= moment;
  const dayOf = (at: Date) => dayIn(fromMillis(at.getTime()), timeZone);
  const goods = receiptsOf(rows).map((ofLine) => ofLine.filter(until));
  const complete = goods.length > 0 && goods.every((ofLine) => ofLine.length > 0);
  const last = complete ? goods.flat().reduce((a, b) => (b > a ? b : a)) : undefined;
  return {
    'invoice-date': dateOf(rows.issuedOn),
    ...(rows.receivedAt === null || !until(rows.receivedAt) ? {} : { 'invoice-received': dayOf(rows.receivedAt) }),
    ...(last === undefined ? {} : { 'goods-received': dayOf(last) }),
  };
}

/**
 * When the goods of each line came in. None of a line that shares its order line with another invoice: it is not known
 * whose goods came then. A count corrected downward is no arrival.
 */
const receiptsOf = ({ lines }: SettledRows): readonly (readonly Date[])[] =>
  lines.map(({ invoiced, orderLine }) =>
    orderLine === null || orderLine.invoiced !== invoiced
      ? []
      : orderLine.receipts.filter(({ correction }) => !correction).map(({ receivedAt }) => receivedAt),
  );
