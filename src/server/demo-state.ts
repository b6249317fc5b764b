import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../base/operator-error.ts';

/** What the demo remembers between two starts, beside its database. */
export interface DemoState {
  readonly seed: number;
  /** First day of the simulated world, YYYY-MM-DD. */
  readonly epoch: string;
  /** Orders a month of each vendor, when not its own number. */
  readonly ordersPerMonth?: number | undefined;
  /** No later start begins before this instant, in milliseconds since 1970: the simulated clock never goes back. */
  readonly clock: number;
  /** The demo's own API key, kept so that the banner can show it again. It opens nothing but simulated data. */
  readonly apiKey: string;
  /** Accounts whose first import came to its end. */
  readonly imported: readonly string[];
}

const shape = z.object({
  seed: z.number(),
  epoch: z.string(),
  ordersPerMonth: z.number().optional(),
  clock: z.number(),
  apiKey: z.string(),
  imported: z.array(z.string()),
});

const fileName = 'demo.json';

/** What was kept in a data folder; nothing before the first start. */
export function loadDemoState(dataFolder: string): DemoState | undefined {
  const path = join(dataFolder, fileName);
  if (!existsSync(path)) return undefined;
  try {
    return shape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new OperatorError(
      'CONFIGURATION_INVALID',
      `${path} cannot be read: remove the data folder ${dataFolder} to begin the demo anew.`,
      { cause: error },
    );
  }
}

/** Keep it, whole or not at all: a crash in the middle leaves what was there before. */
export function saveDemoState(dataFolder: string, state: DemoState): void {
  mkdirSync(dataFolder, { recursive: true });
  const path = join(dataFolder, fileName);
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
