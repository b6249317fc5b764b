import { parseDecimal, type StatedTerms } from 'acorn/plugin';
import { stated } from './stated.ts';

/** `NET30` or `2% 30 NET 60`: the days are read, the text is kept. Other text is kept alone. */
export function readTermsText(text: string): StatedTerms {
  const read = /^(?:(\d{1,2}(?:\.\d{1,4})?)\s*%\s*(\d{1,3})\s*[,/]?\s*)?NET\s*(\d{1,3})$/i.exec(text);
  const percent = read?.[1] === undefined ? undefined : parseDecimal(read[1]);
  return stated<StatedTerms>({
    text,
    discountPercent: percent?.ok ? percent.value : undefined,
    discountDueDays: days(read?.[2]),
    netDueDays: days(read?.[3]),
  });
}

const days = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
