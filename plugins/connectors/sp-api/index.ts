import type { Connector } from 'acorn/plugin';
import { pull } from './pull/pull.ts';
import { recognise } from './recognise.ts';
import { translate } from './translate/index.ts';

/** Amazon's Selling Partner API for vendors: orders, their status, shipments, and the Invoices API of 2026-06-25. */
export const spApi: Connector = { name: 'sp-api', pull, translate, recognise };
