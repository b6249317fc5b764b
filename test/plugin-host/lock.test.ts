import { describe, expect, test } from 'vitest';
import { compose } from '../../src/plugin-host/compose.ts';
import { printLock } from '../../src/plugin-host/lock.ts';
import type { Plugin } from '../../src/seams/plugin.ts';
import { aCore, aPlugin } from '../builders/plugin.ts';
import { read } from './cases.ts';

const lockOf = (...plugins: readonly Plugin[]) => {
  const composed = compose(aCore(), plugins, { config: {} }, read);
  if (!composed.ok) throw new Error(JSON.stringify(composed.refusal));
  return composed.value.lock;
};
const migrating = aPlugin('b', { migrations: new URL('file:///plugins/b/') });

describe('the lock', () => {
  test('records ids, versions and migration checksums, by id', () => {
    expect(printLock(lockOf(migrating, aPlugin('a', { requires: { b: '*' } })))).toBe(`{
  "platform": "1.0.0",
  "plugins": [
    {
      "id": "a",
      "version": "1.0.0"
    },
    {
      "id": "b",
      "version": "1.0.0",
      "migrations": {
        "1_first": "07274e3f2322c2f66f5f000edc19caa9311203312e5459991698c1081383d51c"
      }
    }
  ]
}
`);
  });

  test('what was locked composes again; a line end is no change, a letter is', () => {
    const lock = lockOf(migrating);
    const again = (sql: string) =>
      compose(aCore(), [migrating], { config: {}, lock }, () => ({ '1_first': Buffer.from(sql) }));
    expect(again('create table t ();\n').ok).toBe(true);
    expect(again('create table t ();\r\n').ok).toBe(true);
    expect(again('create table u ();\n').ok).toBe(false);
  });

  test('a new migration is no problem: it is what comes next', () => {
    const lock = lockOf(migrating);
    const more = (url: URL) => ({ ...read(url), '2_second': Buffer.from('alter table t add x int') });
    expect(compose(aCore(), [migrating], { config: {}, lock }, more).ok).toBe(true);
  });
});
