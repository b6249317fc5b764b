import { OperatorError } from '../../base/operator-error.ts';
import type { Options, Terminal } from '../cli.ts';
import { type Configuration, readConfigFile, readConfiguration } from '../config.ts';

/** The configuration of the folder a command was called in. */
export const configured = async ({ environment, folder }: Terminal): Promise<Configuration> =>
  readConfiguration(environment, await readConfigFile(folder));

/** A numeric option, or nothing when it was left out. @throws OperatorError naming it */
export function numberOption(
  values: Options,
  name: 'days' | 'port' | 'seed' | 'speed',
  least: number,
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < least) {
    throw wrongCommand(`--${name}: write a number of ${least} or more`);
  }
  return value;
}

export const wrongCommand = (what: string) =>
  new OperatorError('CONFIGURATION_INVALID', `The command is wrong: ${what}.`);
