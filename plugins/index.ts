// What comes with Acorn. A plugin is added by a folder beside this file and a line here; the order says nothing.
import type { Plugin } from 'acorn/plugin';
import spApi from './connectors/sp-api/index.ts';
import ca from './sites/ca/index.ts';
import eu from './sites/eu/index.ts';
import jp from './sites/jp/index.ts';
import us from './sites/us/index.ts';

export const plugins: readonly Plugin[] = [us, ca, eu, jp, spApi];
