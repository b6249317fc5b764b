import { addDays, type CalendarDate, day, parseDay } from '../../base/calendar-date.ts';
import type { Site } from '../site.ts';
import { type Finding, judge, type Law, must, show } from './law.ts';
import { watchOutside } from './outside.ts';
import { mustBeResult } from './tax-shape.ts';

const laws = {
  answers: { number: 'S14', says: 'Every day of the known years has a payday; nothing is thrown.' },
  back: { number: 'S15', says: 'A payday is never before the due date, and at most two weeks after it.' },
  open: { number: 'S16', says: 'A payday is its own payday.' },
  monotone: { number: 'S17', says: 'A later due date never has an earlier payday.' },
  range: { number: 'S18', says: 'A year outside the known ones is refused with them, never taken for open.' },
  outside: {
    number: 'S19',
    says: 'The answer comes from the due date alone: the same twice, no clock, no chance, no network.',
  },
} satisfies Record<string, Law>;

/** Longer than any holiday that closes banks; a payday beyond it is a calendar gone wrong. */
const longestWait = 14;
/** A range longer than this is looked at from both ends. */
const manyYears = 60;

/** The laws of a site's calendar, looked at day by day over all the years it knows. */
export function paydayFindings(site: Site, asOf: CalendarDate): Finding[] {
  const unanswered = whyUnanswered(site, asOf);
  if (unanswered !== undefined) {
    return Object.values(laws).map((law) => ({ ...law, of: site.code, verdict: 'not-asked', because: unanswered }));
  }
  const known = knownYears(site);
  const dues = known === undefined ? [] : daysOf(known);
  const last = known === undefined ? asOf : day(`${known[1]}-12-31`);
  // Asked once for all laws: a calendar of decades is thousands of days.
  const asked = new Map<CalendarDate, ReturnType<Site['payday']>>();
  const paydayOf = (due: CalendarDate) => {
    const answer = asked.get(due) ?? site.payday(due);
    asked.set(due, answer);
    return answer;
  };
  const each = (law: Law, look: (due: CalendarDate, payday: CalendarDate) => void): Finding =>
    judge(site.code, law, () => {
      if (dues.length === 0) return 'the site does not say which years it knows';
      for (const due of dues) {
        const payday = paydayOf(due);
        if (payday.ok) look(due, payday.value);
      }
      return undefined;
    });

  let before: CalendarDate | undefined;
  return [
    judge(site.code, laws.answers, () => {
      for (const due of dues) {
        const payday = paydayOf(due);
        mustBeResult(payday);
        // The last days of the last year may have their payday in the year after it.
        must(payday.ok || due > addDays(last, -longestWait), `${due} is refused with ${show(payday)}`);
        must(!payday.ok || parseDay(payday.value) !== undefined, `${due} has the payday ${show(payday)}`);
      }
      return undefined;
    }),
    each(laws.back, (due, payday) => {
      must(payday >= due, `what is due on ${due} is paid before, on ${payday}`);
      must(payday <= addDays(due, longestWait), `what is due on ${due} is paid only on ${payday}`);
    }),
    each(laws.open, (due, payday) => {
      const again = paydayOf(payday);
      must(again.ok && again.value === payday, `${due} is paid on ${payday}, and ${payday} on ${show(again)}`);
    }),
    each(laws.monotone, (due, payday) => {
      must(before === undefined || before <= payday, `${due} is paid on ${payday}, and the day before it on ${before}`);
      before = payday;
    }),
    judge(site.code, laws.range, () => {
      must(
        known !== undefined,
        `1 January 1500 is not refused with YEAR_OUT_OF_RANGE but is ${show(site.payday(day('1500-01-01')))}`,
      );
      for (const year of [known[0] - 1, known[1] + 1]) {
        const refused = site.payday(day(`${year}-06-15`));
        must(
          !refused.ok && refused.refusal.code === 'YEAR_OUT_OF_RANGE',
          `${year} is outside ${known.join(' to ')} and answered with ${show(refused)}`,
        );
      }
      must(
        known[0] <= Number(asOf.slice(0, 4)) && Number(asOf.slice(0, 4)) <= known[1],
        `${asOf} is outside the known years, ${known.join(' to ')}`,
      );
      return undefined;
    }),
    each(laws.outside, (due, payday) => {
      const { answer, touched } = watchOutside(() => site.payday(due));
      must(touched.length === 0, `for ${due} it uses ${touched.join(', ')}`);
      must(answer.ok && answer.value === payday, `${due} is paid on ${payday}, and asked again ${show(answer)}`);
    }),
  ];
}

function whyUnanswered(site: Site, asOf: CalendarDate): string | undefined {
  try {
    const answer = site.payday(asOf);
    return !answer.ok && answer.refusal.code === 'NOT_ANSWERED_YET'
      ? `the site answers NOT_ANSWERED_YET for ${answer.refusal.question}`
      : undefined;
  } catch {
    return undefined;
  }
}

/** The years a site knows, by its own refusal of one it cannot know. */
function knownYears(site: Site): readonly [number, number] | undefined {
  try {
    const refused = site.payday(day('1500-01-01'));
    return !refused.ok && refused.refusal.code === 'YEAR_OUT_OF_RANGE' ? refused.refusal.known : undefined;
  } catch {
    return undefined;
  }
}

function daysOf([first, last]: readonly [number, number]): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let at = day(`${Math.max(first, last - manyYears)}-01-01`); at <= `${last}-12-31`; at = addDays(at, 1))
    days.push(at);
  return days;
}
