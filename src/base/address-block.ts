import { BlockList, isIP } from 'node:net';

/**
 * Whether an address is in one of these blocks, such as `203.0.113.0/24`, `2001:db8::/32` or a single address. Without
 * blocks every address is; with some, one that is not known is not.
 *
 * @throws RangeError for a block that is none; see `isAddressBlock`
 */
export function addressFilter(blocks: readonly string[]): (address: string | undefined) => boolean {
  if (blocks.length === 0) return () => true;
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', bits] = block.split('/');
    const family = familyOf(address);
    if (family === undefined) throw new RangeError(`not an address block: ${block}`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    // A socket that speaks both shows IPv4 as a part of IPv6.
    const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = plain === undefined ? undefined : familyOf(plain);
    return plain !== undefined && family !== undefined && list.check(plain, family);
  };
}

/** Whether somebody may write this as a block. */
export function isAddressBlock(block: string): boolean {
  const [address = '', bits, ...more] = block.split('/');
  const family = familyOf(address);
  if (family === undefined || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 'ipv4' ? 32 : 128));
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined => {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined;
};
