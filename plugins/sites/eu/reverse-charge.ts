import { type CalendarDate, day, sha256 } from 'acorn/plugin';

/**
 * Whether the buyer pays the VAT of goods that a supplier who is not established in the state sells there.
 *
 * `always`: also when the supplier is registered in the state. `unless-registered`: a registered supplier charges VAT.
 * `never`: the supplier has to register and charge.
 */
export type ReverseCharge = 'always' | 'unless-registered' | 'never';

export interface ReverseChargeRow {
  /** Letters of its VAT ids. */
  readonly state: string;
  /** The first day this row answers for, which need not be the first day of its law. */
  readonly since: CalendarDate;
  readonly applies: ReverseCharge;
  /** What the buyer has to be: a VAT id of the state shows the first, and nothing on an order shows the second. */
  readonly buyer: 'identified' | 'established';
  readonly source: string;
}

const since = day('2021-01-01');
const row = (
  state: string,
  applies: ReverseCharge,
  law: string,
  buyer: ReverseChargeRow['buyer'] = 'identified',
): ReverseChargeRow => ({ state, since, applies, buyer, source: `Directive 2006/112/EC, article 194; ${law}` });

/**
 * Which states use article 194 for ordinary goods, the rows of a state oldest first, as far as it is known here: a state without a row is refused, never
 * taken for one that does or does not. Goods with a reverse charge of their own (article 199: scrap, telephones and the
 * like) are another question.
 */
export const reverseChargeRows: readonly ReverseChargeRow[] = [
  row('AT', 'never', 'Umsatzsteuergesetz 1994, § 19: services and works, not goods'),
  row('BE', 'always', 'VAT Code, article 51', 'established'),
  row('DE', 'never', 'Umsatzsteuergesetz, § 13b: services and works, not goods'),
  row('ES', 'always', 'Ley 37/1992 del IVA, artículo 84'),
  row('FI', 'unless-registered', 'Arvonlisäverolaki 1501/1993'),
  row('FR', 'always', 'Code général des impôts, article 283'),
  row('IE', 'never', 'Value-Added Tax Consolidation Act 2010: goods installed, and not others'),
  row('IT', 'always', 'DPR 633/1972, articolo 17', 'established'),
  row('NL', 'always', 'Wet op de omzetbelasting 1968, artikel 12', 'established'),
  row('PL', 'unless-registered', 'Ustawa o podatku od towarów i usług, art. 17'),
  row('RO', 'unless-registered', 'Codul fiscal, articolul 307', 'established'),
  row('XI', 'never', 'Value Added Tax Act 1994'),
];

/** The row of a state on the day that decides, or nothing where it is not known. */
export const reverseChargeIn = (state: string, on: CalendarDate): ReverseChargeRow | undefined =>
  reverseChargeRows.findLast((one) => one.state === state && one.since <= on);

/** Changes with any row. */
export const reverseChargeVersion = `eu/article-194@${sha256(JSON.stringify(reverseChargeRows)).slice(0, 12)}`;
