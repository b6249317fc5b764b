import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UpstreamRefused } from '../../src/seams/connector.ts';
import { foreseeable } from '../../src/server/foreseeable.ts';
import { acorn } from './support/process.ts';

test('what an operator can mend is a sentence; a bug of ours is not', () => {
  const refused = new UpstreamRefused('LOGIN_REFUSED', 'Login with Amazon refused the refresh token');
  expect(foreseeable(refused)?.message).toBe('Login with Amazon refused the refresh token (LOGIN_REFUSED).');
  expect(foreseeable(Object.assign(new Error('x'), { code: '53100' }))?.code).toBe('DISK_FULL');
  expect(foreseeable(Object.assign(new Error('x'), { code: '57P01' }))?.code).toBe('DATABASE_UNREACHABLE');
  expect(foreseeable(new TypeError('undefined is not a function'))).toBeUndefined();
});

/** A disk of its own, small enough to fill. Only root may make one. */
function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'acorn-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}

test('R11 · a disk that fills up while history is imported is one sentence', async (context) => {
  const disk = smallDisk(110);
  if (disk === undefined) return context.skip('no small disk can be mounted here');
  const folder = mkdtempSync(join(tmpdir(), 'acorn-full-'));
  try {
    writeFileSync(join(folder, 'acorn.config.ts'), 'export default { demo: { ordersPerMonth: 60 } };');
    mkdirSync(join(disk, 'data'));
    const demo = acorn(['start', '--demo'], { PORT: '0', ACORN_DATA: join(disk, 'data') }, folder);
    const first = Promise.race([demo.exit, demo.says(/Importing/, 25_000)]);
    if ((await first) === 'Importing') {
      // Whatever is left, less what PostgreSQL needs to say that it has no more.
      execFileSync('sh', ['-c', `head -c 200000000 /dev/zero > '${join(disk, 'filler')}' 2>/dev/null || true`]);
    }
    expect(await demo.exit).toBe(1);
    expect(demo.err().trim().split('\n')).toHaveLength(1);
    expect(demo.err()).toMatch(/disk|database went away/);
    expect(demo.err()).not.toMatch(/\bat .*:\d+:\d+/);
  } finally {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
