import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a server under measure is told and asked. */
export type ToServer =
  | { readonly kind: 'stats' }
  | { readonly kind: 'publish'; readonly n: number }
  | { readonly kind: 'stop' };

export type FromServer =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'stats'; readonly rssBytes: number; readonly heapBytes: number; readonly cpuMicros: number };

/** What a server under measure does. */
export interface Measured {
  readonly port: number;
  /** Tell everybody change number `n`. Absent: it hears of it from the database. */
  readonly publish?: (n: number) => void;
  readonly stop: () => Promise<void>;
}

/** Run one server in this process, for the one that started it. */
export async function serveMeasured(start: () => Promise<Measured>): Promise<void> {
  const { port, publish, stop } = await start();
  const say = (message: FromServer) => process.send?.(message);
  process.on('message', (message: ToServer) => {
    if (message.kind === 'publish') publish?.(message.n);
    if (message.kind === 'stats') {
      const { user, system } = process.cpuUsage();
      globalThis.gc?.();
      const { rss, heapUsed, external } = process.memoryUsage();
      say({ kind: 'stats', rssBytes: rss, heapBytes: heapUsed + external, cpuMicros: user + system });
    }
    if (message.kind === 'stop') void stop().finally(() => process.exit(0));
  });
  say({ kind: 'listening', port });
}

/**
 * A process of its own for one file of this folder, on one processor where the system can do that, so that what is
 * measured and what measures do not take each other's time.
 */
export function startChild(
  file: string,
  processor: number | undefined,
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const node = [process.execPath, '--expose-gc', '--import', 'tsx', script];
  const [command = '', ...given] = processor === undefined ? node : ['taskset', '-c', String(processor), ...node];
  return spawn(command, given, {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** The next message of a kind, or the end of the child as an error. */
export function heard<Message extends { readonly kind: string }, Kind extends Message['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<Message, { readonly kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const look = (message: Message) => {
      if (message.kind !== kind) return;
      child.off('message', look);
      child.off('exit', gone);
      resolve(message as Extract<Message, { readonly kind: Kind }>);
    };
    const gone = (code: number | null) => reject(new Error(`a process of the benchmark ended with ${code}`));
    child.on('message', look);
    child.once('exit', gone);
  });
}
