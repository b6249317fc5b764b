import { demoAccounts, startSimulator } from '../../../plugins/connectors/sp-api/simulator/index.ts';
import { OperatorError } from '../../base/operator-error.ts';
import type { Command } from '../cli.ts';
import { numberOption } from './configured.ts';

const usualPort = 4010;

/** `acorn simulate`: Amazon's vendor API without Amazon, for whoever has no credentials. */
export const simulate: Command = async ({ values, config: { demo }, terminal }) => {
  const port = numberOption(values, 'port', 0) ?? usualPort;
  const seed = numberOption(values, 'seed', 0) ?? demo.seed;
  const speed = numberOption(values, 'speed', 0) ?? 1;
  const simulator = await startSimulator({ seed, port, clock: { startAt: new Date().toISOString(), speed } }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new OperatorError(
        'PORT_IN_USE',
        `Port ${port} on 127.0.0.1 is in use by another program: stop that program, or choose another port, such as --port ${port + 1}.`,
        { cause: error },
      );
    },
  );
  const lines = [
    `The simulated vendor API is ready, seed ${seed}, ${speed} simulated seconds a second.`,
    '',
    `  endpoint     ${simulator.url}      regions follow as /na, /eu and /fe`,
    `  tokenUrl     ${simulator.url}/auth/o2/token`,
    `  control      ${simulator.url}/simulator/clock, /faults, /stories, /truth`,
    '',
    ...demoAccounts.map(
      ({ name, site, marketplaceId, clientId, clientSecret, refreshToken }) =>
        `  ${name} (${site} ${marketplaceId})\n    clientId ${clientId}\n    clientSecret ${clientSecret}\n    refreshToken ${refreshToken}`,
    ),
    '',
    'Stop with Ctrl-C.',
  ];
  terminal.screen.write(`${lines.join('\n')}\n`);
  await terminal.interrupted;
  await simulator.close();
  return 0;
};
