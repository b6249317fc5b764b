import { day, decimal, type RateRow, rateTableInCode } from 'acorn/plugin';

const act = (amended: string) => `Consumption Tax Act, article 29, with Local Tax Act, article 72-83, ${amended}`;

/**
 * Consumption tax with its local part, together. A new rate is a new row. Until 2019 food had the one rate there was.
 * The table begins in 2014: a document of an older supply is refused, and not taxed at a rate of another day.
 * @source National Tax Agency, tax answer 6303, rates of consumption tax
 */
export const rates: readonly RateRow[] = [
  { key: 'standard', since: day('2014-04-01'), rate: decimal('8'), category: 'S', source: act('as amended 2012') },
  { key: 'standard', since: day('2019-10-01'), rate: decimal('10'), category: 'S', source: act('as amended 2016') },
  { key: 'reduced', since: day('2014-04-01'), rate: decimal('8'), category: 'S', source: act('as amended 2012') },
  {
    key: 'reduced',
    since: day('2019-10-01'),
    rate: decimal('8'),
    category: 'AA',
    source: 'Consumption Tax Act, supplementary provisions of 2016, article 34: food and drink, subscribed newspapers',
  },
];

export const jpRates = rateTableInCode('jp/consumption-tax', rates);
