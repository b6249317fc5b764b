import { type Tenant, tenantKey } from '../store/database.ts';
import { Tail, type TailParts } from './tail.ts';

/**
 * One tail for all who see the same. Feeds hold it; when the last of them is gone, so is the tail. There is
 * nothing to close.
 */
export function tailsOf(parts: TailParts): (tenant: Tenant) => Tail {
  const tails = new Map<string, WeakRef<Tail>>();
  return (tenant) => {
    const key = tenantKey(tenant);
    const known = tails.get(key)?.deref();
    if (known !== undefined) return known;
    for (const [name, tail] of tails) if (tail.deref() === undefined) tails.delete(name);
    const tail = new Tail({ ...parts, bell: parts.bell.of(tenant.accountIds) }, tenant);
    tails.set(key, new WeakRef(tail));
    return tail;
  };
}
