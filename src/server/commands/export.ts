import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GraphQLError } from 'graphql';
import { encodeId } from '../../../schema/ids.ts';
import { OperatorError } from '../../base/operator-error.ts';
import { openChangeLog } from '../../change-log/open.ts';
import { type Access, FeedError } from '../../client/index.ts';
import { timeouts } from '../../store/connection.ts';
import type { Call, Command } from '../cli.ts';
import { type ExportKind, exportKinds, isExportKind } from '../export/kinds.ts';
import { type ExportRequest, exportLines } from '../export/lines.ts';
import { operatorContext } from '../operator-context.ts';
import { findAccount } from '../platform.ts';
import { accountsOf } from '../tail/from-gateway.ts';
import { wrongCommand } from './configured.ts';
import { withPlatform } from './on-database.ts';
import { accessOf } from './remote.ts';

/** `acorn export KIND`: a file of JSON lines, whole or not at all; without `--out`, on the screen. */
export const exportCommand: Command = async (call) => {
  const [kind] = call.words;
  if (kind === undefined || !isExportKind(kind)) throw wrongCommand(`say what to export: ${exportKinds.join(', ')}`);
  if (call.values.after !== undefined && kind !== 'changes') throw wrongCommand('--after goes with changes only');
  const access = accessOf(call);
  try {
    if (access !== undefined) await save(call, fromGateway(access, kind, call));
    else await fromDatabase(kind, call);
  } catch (thrown) {
    if (thrown instanceof FeedError || thrown instanceof GraphQLError) {
      throw new OperatorError('CONFIGURATION_INVALID', `There is no export: ${thrown.message}.`, { cause: thrown });
    }
    throw thrown;
  }
  return 0;
};

/** An export of a gateway, as it comes over the wire. */
async function* fromGateway(access: Access, kind: ExportKind, { values }: Call): AsyncGenerator<Uint8Array> {
  const address = new URL(`/export/${kind}.jsonl`, access.url);
  const { after, site, account } = values;
  if (after !== undefined) address.searchParams.set('after', after);
  if (site !== undefined) address.searchParams.set('site', site.toUpperCase());
  if (account !== undefined) address.searchParams.set('account', await accountAt(access, account));
  const response = await fetch(address, {
    headers: { 'x-api-key': access.apiKey ?? '', 'accept-encoding': 'gzip' },
  }).catch(() => {
    throw new FeedError('UNREACHABLE', `${address.origin} cannot be reached`);
  });
  if (!response.ok || response.body === null) {
    const said = (await response.json().catch(() => ({}))) as { errors?: readonly { message: string }[] };
    throw new FeedError('REFUSED', said.errors?.[0]?.message ?? `the server answered ${response.status}`);
  }
  yield* response.body as unknown as AsyncIterable<Uint8Array>;
}

async function accountAt(access: Access, name: string): Promise<string> {
  const found = [...(await accountsOf(access))].find(([id, account]) => account.name === name || id === name);
  if (found === undefined) throw wrongCommand(`--account: there is no account "${name}" to be seen`);
  return found[0];
}

/** An export of this installation, in one snapshot of its database. */
const fromDatabase = (kind: ExportKind, call: Call): Promise<number> =>
  withPlatform(call, async ({ database }, composition) => {
    const { after, site, account } = call.values;
    const request: ExportRequest = {
      kind,
      after,
      sites: site === undefined ? undefined : [site.toUpperCase()],
      accounts:
        account === undefined
          ? undefined
          : [encodeId('VendorAccount', [(await findAccount(database, account)).accountId])],
    };
    const changeLog = await openChangeLog(database);
    try {
      const context = await operatorContext(database, composition, changeLog);
      await database.read(context.tenant, (db) => save(call, written(exportLines({ ...context, db }, request))), {
        transaction: timeouts.export,
        idle: timeouts.exportIdle,
      });
    } finally {
      await changeLog.close();
    }
    return 0;
  });

async function* written(lines: AsyncIterable<object>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(`${JSON.stringify(line)}\n`);
}

/** Keep what comes, if it comes to its end. A file that is there is a whole export. */
async function save({ values: { out }, terminal }: Call, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  let end = '';
  const watched = async function* () {
    for await (const piece of pieces) {
      end = (end + Buffer.from(piece).toString('utf8')).slice(-100);
      yield piece;
    }
    if (!/\{"complete":true,"entries":\d+\}\n$/.test(end)) {
      throw new FeedError('BROKEN_OFF', 'it broke off before its last line');
    }
  };
  if (out === undefined) {
    const decoder = new TextDecoder();
    for await (const piece of watched()) terminal.screen.write(decoder.decode(piece, { stream: true }));
    return;
  }
  const unfinished = `${out}.part`;
  try {
    await pipeline(Readable.from(watched()), createWriteStream(unfinished));
    await rename(unfinished, out);
  } catch (thrown) {
    await rm(unfinished, { force: true });
    throw thrown;
  }
  terminal.complain(`${/"entries":(\d+)/.exec(end)?.[1]} entries in ${out}.\n`);
}
