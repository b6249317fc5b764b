import { expect, test } from 'vitest';
import { createApiKey } from '../../src/server/api-key.ts';
import { createLog } from '../../src/server/log.ts';

function written(human: boolean) {
  const lines: string[] = [];
  const acornLog = createLog({
    level: 'trace',
    human,
    secrets: ['hunter2-hunter2', 'quote"back\\slash'],
    write: (line) => lines.push(line),
  });
  return { ...acornLog, lines };
}

test.each([false, true])('S6 · no secret leaves, by whatever door (human: %s)', (human) => {
  const { log, hide, lines } = written(human);
  const key = createApiKey();
  hide('made-later-secret');
  log.info(
    { authorization: 'Basic abcdefgh', headers: { cookie: 'session=abcdefgh', 'x-api-key': 'abcdefgh' } },
    'by name',
  );
  log.info({ account: { settings: { deep: 'abcdefgh' } }, databaseUrl: 'abcdefgh' }, 'nested');
  log.warn(`message with ${key}, Atzr|abcdefgh and Atza|abcdefgh, Bearer abcdefgh, amzn1.oa2-cs.v1.abcdefgh`);
  log.error({ err: new Error('postgres://acorn:abcdefgh@127.0.0.1:5432/acorn refused hunter2-hunter2') }, 'a stack');
  log.info({ token: 'eyJhbGciOiJSUzI1NiJ9.abcdefgh.abcdefgh' }, 'eyJhbGciOiJSUzI1NiJ9.abcdefgh.abcdefgh');
  log.info({ note: 'quote"back\\slash and made-later-secret' });
  const all = lines.join('');
  expect(lines).toHaveLength(6);
  for (const secret of ['abcdefgh', key, 'hunter2', 'made-later', 'back\\', 'back\\\\'])
    expect(all).not.toContain(secret);
  expect(all).toContain('by name');
  expect(all).toContain('127.0.0.1:5432/acorn refused');
});

test('a line is JSON with its level by name and its time', () => {
  const { log, lines } = written(false);
  log.child({ requestId: 'r-1' }).info({ ms: 3 }, 'answered');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', requestId: 'r-1', ms: 3, msg: 'answered' });
});
