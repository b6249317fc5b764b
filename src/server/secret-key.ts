import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../base/operator-error.ts';
import { type SecretBox, secretBox, secretKeyBytes } from '../base/secret-box.ts';
import type { Configuration } from './config.ts';

/** Name of the key's file in the data folder. Whoever copies the database without it copies no secret. */
const fileName = 'secret.key';

/**
 * What this installation keeps secrets in: with the keys of the configuration; else, with the database that comes with
 * Acorn, with a key made once in its folder. Nothing when there is neither: a key that only one gateway of several
 * knows would be worse than none.
 *
 * @throws OperatorError when the file is there and is no key
 */
export function installationBox(
  config: Pick<Configuration, 'secretKeys' | 'databaseUrl' | 'dataFolder'>,
): SecretBox | undefined {
  if (config.secretKeys.length > 0) return secretBox(config.secretKeys);
  return config.databaseUrl === undefined ? secretBox([keyOfFolder(config.dataFolder)]) : undefined;
}

function keyOfFolder(folder: string): Uint8Array {
  const path = join(folder, fileName);
  try {
    // Made only where there is none: two that start together agree on the first.
    writeFileSync(path, `${randomBytes(secretKeyBytes).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new OperatorError(
        'DATA_FOLDER_NOT_WRITABLE',
        `Acorn cannot write ${path}, where it keeps the key of its secrets. Let it write there, or set ACORN_SECRET_KEY.`,
        { cause: error },
      );
    }
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length === secretKeyBytes) return key;
  throw new OperatorError(
    'CONFIGURATION_INVALID',
    `${path} does not hold a key of ${secretKeyBytes} bytes. Bring it back from a backup; without it, secrets that are kept cannot be read. If there are none, remove it.`,
  );
}
