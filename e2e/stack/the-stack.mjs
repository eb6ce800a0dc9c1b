import { fileURLToPath } from 'node:url';
import { Estate } from '../estate.mjs';

/** Screenshots and logs of the last run. */
export const artifactsFolder = fileURLToPath(new URL('../artifacts', import.meta.url));

/** The stack that the runner started, as the process of a spec sees it. */
export function theStack() {
  const told = process.env.THROUGHLINE_E2E_STACK;
  if (!told) throw new Error('No stack is running: start the end-to-end tests with "node e2e/run.mjs".');
  const addresses = JSON.parse(told);
  return { ...addresses, estate: new Estate(addresses.simulatorUrl) };
}
