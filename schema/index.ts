import './scalars.ts';
import './account.ts';
import './product.ts';
import './purchase-order.ts';
import './order-version.ts';
import './order-line.ts';
import './acknowledgement.ts';
import './shipment.ts';
import './container.ts';
import './receipt.ts';
import './invoice.ts';
import './invoice-line.ts';
import './tax.ts';
import './settlement.ts';
import './identity.ts';
import './payment.ts';
import './deduction.ts';
import './document.ts';
import './platform.ts';
import './rate-limit.ts';
import './change-families.ts';
import './changes.ts';
import './chain-events.ts';
import { builder } from './builder.ts';

/** The whole schema. The files above declare it; nothing is defined here. */
export const schema = builder.toSchema({ sortSchema: true });
