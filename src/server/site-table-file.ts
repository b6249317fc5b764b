import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { OperatorError } from '../base/operator-error.ts';
import type { PluginsConfig } from './define-config.ts';

type Written = NonNullable<PluginsConfig['siteTables']>;

/**
 * Rows for the tables of sites, as they stand in the configuration or in the file it names. What they say is checked
 * where plugins are put together.
 *
 * @throws OperatorError CONFIGURATION_INVALID when the file is not there, or no JSON object
 */
export function readSiteTables(written: Written, folder: string): Readonly<Record<string, unknown>> {
  if (typeof written !== 'string') return written;
  try {
    const read: unknown = JSON.parse(readFileSync(resolve(folder, written), 'utf8'));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
  } catch (error) {
    throw unreadable(written, error);
  }
  throw unreadable(written);
}

const unreadable = (name: string, cause?: unknown) =>
  new OperatorError(
    'CONFIGURATION_INVALID',
    `plugins.siteTables names ${name}, which cannot be read: write tables by site code into it, as JSON.`,
    { cause },
  );
