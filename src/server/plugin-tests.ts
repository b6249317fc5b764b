// Imported before a plugin's own tests, so that they find the contract wherever their folder is.
import { provideContract } from './provide-contract.ts';

provideContract();
