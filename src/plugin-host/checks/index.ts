import { capabilities } from './capabilities.ts';
import type { Check } from './check.ts';
import { conflicts } from './conflicts.ts';
import { cycles } from './cycles.ts';
import { emittedEvents, heardEvents } from './events.ts';
import { platform } from './platform.ts';
import { requirements } from './requirements.ts';
import { scopes } from './scopes.ts';
import { connectors, identifierSchemes, sites } from './sites.ts';
import { slots } from './slots.ts';

/** Everything asked of plugins together, beside what yields something more than problems. */
export const checks: readonly Check[] = [
  platform,
  requirements,
  conflicts,
  cycles,
  sites,
  connectors,
  identifierSchemes,
  slots,
  scopes,
  emittedEvents,
  heardEvents,
  capabilities,
];
