import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

/** Where `nats-server` is on this machine; Debian keeps it where a normal user's PATH does not look. */
export const natsServer: string | undefined = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'nats-server'))
  .find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Real servers that agree among each other about what is kept. */
export interface NatsCluster {
  /** `host:port` of each. */
  readonly servers: readonly string[];
  /** `kill -9`. */
  kill(index: number): Promise<void>;
  /** Start one that was killed again, on what it had kept. */
  start(index: number): void;
  /** Wait until JetStream answers: most of them are there and agree who leads. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/** Start `count` servers of one cluster, each with JetStream and a store of its own. */
export async function natsCluster(program: string, count = 3): Promise<NatsCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'acorn-nats-'));
  const nodes = await Promise.all(
    Array.from({ length: count }, async () => ({ port: await freePort(), routePort: await freePort() })),
  );
  const routes = nodes.map(({ routePort }) => `nats-route://127.0.0.1:${routePort}`).join(', ');
  const running: (ChildProcess | undefined)[] = [];

  const start = (index: number): void => {
    const node = nodes[index];
    if (node === undefined) throw new Error(`there is no server ${index}`);
    const file = join(folder, `${index}.conf`);
    writeFileSync(
      file,
      `server_name: n${index}
       listen: "127.0.0.1:${node.port}"
       jetstream { store_dir: "${join(folder, `store-${index}`)}", max_memory_store: 64MB, max_file_store: 256MB }
       cluster { name: acorn, listen: "127.0.0.1:${node.routePort}", routes: [${routes}] }`,
    );
    running[index] = spawn(program, ['-c', file], { stdio: 'ignore' });
  };
  const kill = async (index: number): Promise<void> => {
    const child = running[index];
    running[index] = undefined;
    if (child === undefined) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const servers = nodes.map(({ port }) => `127.0.0.1:${port}`);
  nodes.forEach((_, index) => {
    start(index);
  });

  const answers = async (): Promise<boolean> => {
    try {
      const connection = await connect({ servers, timeout: 1_000, reconnect: false });
      try {
        await (await jetstreamManager(connection)).getAccountInfo();
        return true;
      } finally {
        await connection.close();
      }
    } catch {
      return false;
    }
  };
  return {
    servers,
    kill,
    start,
    ready: () => until(answers, 40_000, () => 'JetStream does not answer'),
    stop: async () => {
      await Promise.all(nodes.map((_, index) => kill(index)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
