import { OperatorError } from '../../base/operator-error.ts';
import { FeedError, type FeedFilter } from '../../client/index.ts';
import type { Call, Command } from '../cli.ts';
import { fromDatabase } from '../tail/from-database.ts';
import { fromGateway } from '../tail/from-gateway.ts';
import { tailLine } from '../tail/line.ts';
import type { TailSource } from '../tail/source.ts';
import { wrongCommand } from './configured.ts';
import { withPlatform } from './on-database.ts';
import { accessOf } from './remote.ts';

/** `acorn tail`: the feed, line by line, until somebody says stop. */
export const tailCommand: Command = async (call) => {
  const access = accessOf(call);
  try {
    if (access !== undefined) return await tail(call, await fromGateway(access));
    return await withPlatform(call, async ({ database }, composition) => {
      const source = await fromDatabase(database, composition);
      try {
        return await tail(call, source);
      } finally {
        await source.close();
      }
    });
  } catch (thrown) {
    throw thrown instanceof FeedError ? forPeople(thrown) : thrown;
  }
};

async function tail({ values, terminal }: Call, source: TailSource): Promise<number> {
  const leaving = new AbortController();
  void terminal.interrupted.then(() => leaving.abort());
  let interrupted = false;
  const batches = source.follow({
    after: values.after ?? (values['since-start'] === true ? undefined : await source.head()),
    filter: filterOf(values, source),
    signal: leaving.signal,
    onInterruption: (reason) => {
      if (!interrupted) terminal.complain(`Interrupted (${reason}); coming back with the last cursor.\n`);
      interrupted = true;
    },
  });
  for await (const { changes } of batches) {
    interrupted = false;
    for (const change of changes) {
      const whose = source.accounts.get(change.accountId);
      const line =
        values.json === true ? JSON.stringify({ ...change, account: whose ?? null }) : tailLine(change, whose);
      terminal.screen.write(`${line}\n`);
    }
  }
  return 0;
}

function filterOf(
  { account, site, kind, severity, order, asin }: Call['values'],
  { accounts }: TailSource,
): FeedFilter {
  const named = [...accounts].filter(([id, { name }]) => name === account || id === account).map(([id]) => id);
  if (account !== undefined && named.length === 0) {
    const known = [...accounts.values()].map(({ name }) => `"${name}"`).join(', ');
    throw wrongCommand(`--account: there is no account "${account}" to be seen: write one of ${known || 'none'}`);
  }
  return {
    ...(account !== undefined && { accounts: named }),
    ...(site !== undefined && { sites: [site.toUpperCase()] }),
    ...(kind !== undefined && { kinds: kind.map(enumName) }),
    ...(severity !== undefined && { severities: severity.map(enumName) }),
    ...(order !== undefined && { orderNumbers: order }),
    ...(asin !== undefined && { asins: asin }),
  };
}

/** `cost-changed`, as people type it, is `COST_CHANGED` to the API. */
const enumName = (typed: string): string => typed.toUpperCase().replaceAll('-', '_');

function forPeople({ code, message, oldestCursor }: FeedError): OperatorError {
  switch (code) {
    case 'CURSOR_EXPIRED':
      return wrongCommand(
        `--after: what came after this cursor is no longer kept; export the state with "acorn export" and go on from its cursor, or accept the hole with --after ${oldestCursor}`,
      );
    case 'CURSOR_NOT_OURS':
      return wrongCommand('--after: this is no cursor of that installation');
    case 'UNAUTHENTICATED':
      return wrongCommand('--key: the gateway does not let this key in');
    default:
      return new OperatorError('CONFIGURATION_INVALID', `The feed ended: ${message} (${code}).`);
  }
}
