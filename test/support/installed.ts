import { fileURLToPath } from 'node:url';
import { composeInstallation } from '../../src/server/composition.ts';

/** Acorn with the plugins that come with it, composed as the server composes them. */
export const installed = () => composeInstallation({}, fileURLToPath(new URL('../../', import.meta.url)));
