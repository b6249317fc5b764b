import { BlockList, isIP } from 'node:net';
import { no, type Result, yes } from '../base/result.ts';

/** What the operator lets webhooks reach. */
export interface AddressRules {
  /** Default no: what is sent is the organisation's business, and nobody's on the way. */
  readonly allowHttp: boolean;
  /** Default no: whoever may make a webhook would otherwise see what answers inside the operator's network. */
  readonly allowPrivateAddresses: boolean;
}

export type AddressRefusal = 'NOT_AN_ADDRESS' | 'NOT_HTTPS' | 'HAS_CREDENTIALS' | 'PRIVATE_ADDRESS';

const longest = 2_048;

/**
 * Whether a webhook may have this address, as far as the text shows. What its name leads to is looked at each time a
 * connection is made, since it can change in between.
 */
export function checkAddress(
  text: string,
  { allowHttp, allowPrivateAddresses }: AddressRules,
): Result<URL, AddressRefusal> {
  if (text.length > longest || !URL.canParse(text)) return no('NOT_AN_ADDRESS');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowHttp)) {
    return no(url.protocol === 'http:' ? 'NOT_HTTPS' : 'NOT_AN_ADDRESS');
  }
  if (url.username !== '' || url.password !== '') return no('HAS_CREDENTIALS');
  url.hash = '';
  // A URL writes every spelling of an address in one way: 0x7f.1 is 127.0.0.1 by now.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivateAddresses && isIP(literal) !== 0 && isPrivateAddress(literal)) return no('PRIVATE_ADDRESS');
  return yes(url);
}

/**
 * Whether an address is not one of the open internet: private, of this machine, of this link, shared by a carrier, for
 * many, for documentation, translated, or where clouds tell machines their secrets.
 */
export function isPrivateAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 4) return privateV4.check(bare, 'ipv4');
  return family !== 6 || privateV6.check(bare, 'ipv6');
}

/** Two lists: in a list of both, an IPv4 address counts as the IPv6 address that stands for it, and all would match. */
const privateV4 = new BlockList();
const privateV6 = new BlockList();

/** @source IANA IPv4 Special-Purpose Address Registry; IPv4 Multicast Address Space Registry */
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Looks public, and answers only inside Azure, where it hands out what machines are trusted with.
  ['168.63.129.16', 32],
] as const) {
  privateV4.addSubnet(network, prefix, 'ipv4');
}

/**
 * Everything but global unicast (2000::/3), and of that what is translated, tunnelled or for documentation. So an IPv4
 * address in the clothes of IPv6 is never reached, whichever it is.
 * @source IANA IPv6 Special-Purpose Address Registry
 */
for (const [network, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  privateV6.addSubnet(network, prefix, 'ipv6');
}
