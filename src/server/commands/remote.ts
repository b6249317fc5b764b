import type { Access } from '../../client/index.ts';
import type { Call } from '../cli.ts';
import { wrongCommand } from './configured.ts';

/** The gateway a command was told to ask, and the key for it; nothing when it is to work on this installation. */
export function accessOf({ values: { url, key }, terminal }: Call): Access | undefined {
  if (url === undefined) {
    if (key !== undefined) throw wrongCommand('--key goes with --url; this installation is read without one');
    return undefined;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw wrongCommand('--url: write the address of a gateway, such as http://127.0.0.1:4000/graphql');
  }
  const apiKey = key ?? terminal.environment.ACORN_KEY;
  if (apiKey === undefined) throw wrongCommand('--key: say by which key, or set ACORN_KEY');
  const address = new URL(url);
  if (address.pathname === '/') address.pathname = '/graphql';
  return { url: address.href, apiKey };
}
