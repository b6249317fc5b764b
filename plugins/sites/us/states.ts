import { sha256 } from 'acorn/plugin';

/** How a state looks at goods for resale. */
export interface StateRule {
  /**
   * `none`: no sales tax at all. `any`: a certificate for the whole country will do. `own`: the state has a form of its
   * own. `yearly`: its own, and it ends with each year.
   */
  readonly certificate: 'none' | 'any' | 'own' | 'yearly';
  readonly source: string;
}

const mtc = 'Multistate Tax Commission, Uniform Sales & Use Tax Resale Certificate, states that accept it';
const none = (state: string): StateRule => ({ certificate: 'none', source: `${state} has no general sales tax` });
const own = (form: string): StateRule => ({ certificate: 'own', source: form });

/**
 * States whose rule is another than the usual one. Alaska has no tax of the state, and its boroughs have: it is usual.
 * Forms of states that also take the uniform one are not here.
 */
const unusual: Readonly<Record<string, StateRule>> = {
  DE: none('Delaware'),
  FL: {
    certificate: 'yearly',
    source: 'Florida Department of Revenue, Annual Resale Certificate: ends on 31 December',
  },
  IN: own('Indiana Department of Revenue, form ST-105'),
  LA: own('Louisiana Department of Revenue, form R-1064'),
  MA: own('Massachusetts Department of Revenue, form ST-4'),
  MT: none('Montana'),
  NH: none('New Hampshire'),
  NY: own('New York Department of Taxation and Finance, form ST-120'),
  OR: none('Oregon'),
  VA: own('Virginia Department of Taxation, form ST-10'),
};

/** States, the District of Columbia and Puerto Rico, by the part after US- in ISO 3166-2. */
const states: readonly string[] = [
  ...['AK', 'AL', 'AR', 'AZ', 'CA', 'CO', 'CT', 'DC', 'DE', 'FL', 'GA', 'HI', 'IA', 'ID', 'IL', 'IN', 'KS', 'KY'],
  ...['LA', 'MA', 'MD', 'ME', 'MI', 'MN', 'MO', 'MS', 'MT', 'NC', 'ND', 'NE', 'NH', 'NJ', 'NM', 'NV', 'NY', 'OH'],
  ...['OK', 'OR', 'PA', 'PR', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VA', 'VT', 'WA', 'WI', 'WV', 'WY'],
];

/** The rule of a state; nothing where the code is of none. */
export const ruleOf = (state: string): StateRule | undefined =>
  states.includes(state) ? (unusual[state] ?? { certificate: 'any', source: mtc }) : undefined;

/** Changes with any rule. */
export const statesVersion = `us/resale@${sha256(JSON.stringify([states, unusual])).slice(0, 12)}`;
