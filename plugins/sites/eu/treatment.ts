import {
  type CalendarDate,
  decimal,
  no,
  type RateTable,
  type Result,
  type SiteRefusal,
  type TaxTreatment,
  yes,
} from 'acorn/plugin';
import { exemptions } from './legal-notes.ts';
import type { Supply } from './supply.ts';

const name = 'VAT';
const none = decimal('0');

/** Classes that stand apart from every rate. */
const apart = ['exempt', 'out-of-scope'] as const;

/** By kind of supply: what goods bear that are not taxed where they leave from. */
const untaxed = {
  'reverse-charge': { rule: 'eu/reverse-charge', category: 'AE', exemption: exemptions['reverse-charge'] },
  'intra-community': { rule: 'eu/intra-community', category: 'K', exemption: exemptions['intra-community'] },
  export: { rule: 'eu/export', category: 'G', exemption: exemptions.export },
} as const;

/**
 * What a line bears, by its class and the supply it is part of. A class without a rate in the state of departure is
 * refused even where no rate is charged: nobody knows what it is. What is exempt at home is exempt everywhere.
 */
export function treatmentOf(
  taxClass: string,
  { kind, place }: Supply,
  { taxPoint, rates }: { readonly taxPoint: CalendarDate; readonly rates: RateTable },
): Result<TaxTreatment, SiteRefusal> {
  if (taxClass === 'out-of-scope' || kind === 'out-of-scope' || place === undefined) return yes(outOfScope);
  const jurisdiction = place.rates;
  if (taxClass === 'exempt') {
    return yes({ name, jurisdiction, rate: none, rule: 'eu/exempt', category: 'E', exemption: exemptions.exempt });
  }
  const key = `${place.rates} ${taxClass}`;
  if (!rates.keys.includes(key))
    return no({ code: 'TAX_CLASS_UNKNOWN', taxClass, known: classesIn(place.rates, rates) });
  const found = rates.on(key, taxPoint);
  if (!found.ok) return found;
  if (kind !== 'domestic') return yes({ name, jurisdiction, rate: none, ...untaxed[kind] });
  const { rate, category = 'S' } = found.value;
  return yes({ name, jurisdiction, rate, category, rule: category === 'Z' ? 'eu/vat-zero' : 'eu/vat' });
}

/** Not taxable in any state, whatever the goods. */
const outOfScope: TaxTreatment = {
  name,
  jurisdiction: 'EU',
  rate: none,
  rule: 'eu/out-of-scope',
  category: 'O',
  exemption: exemptions['out-of-scope'],
};

const classesIn = (place: string, { keys }: RateTable): readonly string[] => [
  ...keys.filter((key) => key.startsWith(`${place} `)).map((key) => key.slice(place.length + 1)),
  ...apart,
];
