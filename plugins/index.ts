// What is installed, in order. A plugin is added by a folder beside this file and a line in one of these lists.
import type { Connector, Site } from 'acorn/plugin';
import { spApi } from './connectors/sp-api/index.ts';
import { ca } from './sites/ca/index.ts';
import { eu } from './sites/eu/index.ts';
import { jp } from './sites/jp/index.ts';
import { us } from './sites/us/index.ts';

export const sites: readonly Site[] = [us, ca, eu, jp];
export const connectors: readonly Connector[] = [spApi];
