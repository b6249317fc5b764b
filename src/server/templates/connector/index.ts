// Purchase orders from a folder of CSV files: what one looks like is in columns.ts, what it says in translate.ts.
import { definePlugin } from 'acorn/plugin';
import { documentKind, isHeader } from './columns.ts';
import { pull } from './pull.ts';
import { translate } from './translate.ts';

export default definePlugin({
  id: 'connector-xx',
  version: '0.1.0',
  description: 'Purchase orders from a folder of CSV files.',
  platform: '^1.0',
  connector: {
    name: 'connector-xx',
    pull,
    translate,
    recognise: (bytes) =>
      isHeader(new TextDecoder().decode(bytes).split(/\r?\n/, 1)[0] ?? '') ? documentKind : undefined,
  },
});
