import { day, decimal, type RateRow, rateTableInCode } from 'acorn/plugin';

const cra = 'Excise Tax Act, section 165 and Schedule VIII; Canada Revenue Agency, GST/HST calculator and rates';
const hst = (province: string, since: string, percent: string, source: string): RateRow => ({
  key: `HST ${province}`,
  since: day(since),
  rate: decimal(percent),
  category: 'S',
  source,
});
const provincial = (key: string, since: string, percent: string, source: string): RateRow => ({
  key,
  since: day(since),
  rate: decimal(percent),
  category: 'S',
  source,
});

/**
 * Rates by tax and province, from their first day. What stood before the first row of a province was another tax, or
 * the same on another base: it is refused.
 */
export const rates: readonly RateRow[] = [
  { key: 'GST', since: day('2008-01-01'), rate: decimal('5'), category: 'S', source: cra },
  hst('ON', '2010-07-01', '13', cra),
  hst('NB', '2008-01-01', '13', cra),
  hst('NB', '2016-07-01', '15', `${cra}; New Brunswick Budget 2016-17`),
  hst('NL', '2008-01-01', '13', cra),
  hst('NL', '2016-07-01', '15', `${cra}; Newfoundland and Labrador Budget 2016`),
  hst('NS', '2010-07-01', '15', cra),
  hst('NS', '2025-04-01', '14', `${cra}; announced by Nova Scotia on 2024-10-23`),
  hst('PE', '2013-04-01', '14', cra),
  hst('PE', '2016-10-01', '15', `${cra}; Prince Edward Island Budget 2016`),
  provincial('QST QC', '2013-01-01', '9.975', 'Act respecting the Québec sales tax, section 16'),
  provincial('PST BC', '2013-04-01', '7', 'Provincial Sales Tax Act (BC), section 34'),
  provincial('PST SK', '2017-03-23', '6', 'The Provincial Sales Tax Act (SK), section 5, Budget 2017-18'),
  provincial('RST MB', '2013-07-01', '8', 'The Retail Sales Tax Act (MB), section 2, Budget 2013'),
  provincial('RST MB', '2019-07-01', '7', 'The Retail Sales Tax Act (MB), section 2, Budget 2019'),
];

export const caRates = rateTableInCode('ca/sales-tax', rates);
