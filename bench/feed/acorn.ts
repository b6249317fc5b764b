import { composeInstallation } from '../../src/server/composition.ts';
import { readConfiguration } from '../../src/server/config.ts';
import { createLog } from '../../src/server/log.ts';
import { fromConfiguration, startAcorn } from '../../src/server/start.ts';
import { serveMeasured } from './child.ts';

// Acorn as "acorn start" brings it up: with its sequencer, its plugins, row security, rights, and every limit as it comes.

await serveMeasured(async () => {
  const databaseUrl = process.env.BENCH_DATABASE_URL ?? '';
  const acorn = await startAcorn({
    config: readConfiguration({}, { port: 0, databaseUrl }),
    acornLog: createLog({ level: 'warn', write: (line) => process.stderr.write(line) }),
    composition: await composeInstallation({}, process.cwd()),
    say: () => {},
    prepare: async () => fromConfiguration([], undefined),
  });
  return { port: Number(new URL(acorn.url).port), stop: () => acorn.stop() };
});
