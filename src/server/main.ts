import { runCommand, type Terminal } from './cli.ts';

/** Run a command as this process, and end with its exit code. A second Ctrl-C ends at once. */
export async function main(given: readonly string[]): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    let asked = false;
    const stop = (signal: NodeJS.Signals) => {
      if (asked && signal === 'SIGINT') process.exit(130);
      asked = true;
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    // A closed terminal is a way of saying stop, too.
    process.on('SIGHUP', stop);
  });
  // Whoever read our output is gone; that is no reason to fail.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  const terminal: Terminal = {
    environment: process.env,
    folder: process.cwd(),
    screen: {
      isTTY: process.stdout.isTTY === true,
      columns: process.stdout.columns ?? 80,
      write: (text) => {
        process.stdout.write(text);
      },
    },
    complain: (text) => {
      process.stderr.write(text);
    },
    interrupted,
  };
  try {
    process.exitCode = await runCommand(given, terminal);
  } catch (error) {
    process.stderr.write(
      `Acorn stopped because of a bug of its own:\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 1;
  }
  // A connection or a timer somebody forgot must not keep a finished command alive.
  process.exit();
}
