import { parseDay } from '../../base/calendar-date.ts';
import { parseInstant } from '../../base/instant.ts';
import { subjectOf } from '../../domain/facts.ts';
import type { Translation } from '../connector.ts';
import { must, show } from './law.ts';

/** What a connector answers comes from outside the compiler's sight: look at all of it. */
export function mustBeTranslation(translation: Translation): void {
  const { facts, warnings, unreadable } = translation;
  must(
    [facts, warnings, unreadable].every(Array.isArray),
    `${show(translation)} has no lists of facts, warnings and unreadable parts`,
  );
  for (const { fact, at } of facts) {
    must(typeof at === 'string', `a fact does not say where it stands: ${show(fact)}`);
    const subject = subjectOf(fact) as ReturnType<typeof subjectOf> | undefined;
    must(subject !== undefined, `"${fact.kind}" is no kind of fact`);
    must(typeof subject.key === 'string' && subject.key.trim() !== '', `a ${fact.kind} has no subject: ${show(fact)}`);
    must(parseInstant(fact.asOf) === fact.asOf, `a ${fact.kind} has no moment: ${show(fact.asOf)}`);
    mustHoldValues(fact, fact.kind);
  }
  for (const { code, member, found } of warnings) {
    must(
      /^[A-Z_]+$/.test(code) && typeof member === 'string' && typeof found === 'string',
      `a warning is incomplete: ${show({ code, member, found })}`,
    );
  }
  for (const { code, at, message } of unreadable) {
    must(/^[A-Z_]+$/.test(code) && typeof at === 'string', `an unreadable part is incomplete: ${show({ code, at })}`);
    must(message.trim() !== '', `an unreadable part has no words for a person: ${show({ code, at })}`);
  }
}

/** No binary fraction anywhere, amounts in whole minor units, days that exist. */
function mustHoldValues(value: unknown, at: string): void {
  if (typeof value === 'number')
    must(Number.isSafeInteger(value), `${at} is ${value}: no number of a fact has a fraction`);
  if (typeof value !== 'object' || value === null) return;
  for (const [member, inner] of Object.entries(value)) {
    const place = `${at}.${member}`;
    if (member === 'minor')
      must(typeof inner === 'bigint', `${place} is ${show(inner)}: an amount is whole minor units`);
    if (/[a-z]On$/.test(member) && typeof inner === 'string')
      must(parseDay(inner) === inner, `${place} is ${inner}: no such day`);
    mustHoldValues(inner, place);
  }
}
