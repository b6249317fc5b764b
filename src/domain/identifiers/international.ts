import { bic } from './bic.ts';
import { gln, gtin, sscc } from './gs1.ts';
import { iban } from './iban.ts';
import type { IdentifierScheme } from './scheme.ts';

/** Schemes that belong to no country, and so to no site. */
export const internationalSchemes: readonly IdentifierScheme[] = [bic, gln, gtin, iban, sscc];
