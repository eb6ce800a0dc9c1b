import { createHash } from 'node:crypto';
import { onlyLimits, type RunLimits } from './run.js';

/** What the hash of a request covers: 1 = its selection, 2 = how it is sent too. */
export const HASH_VERSION = 2;

/** Hash of all that is approved of a request: its frozen selection, by the hash of that, and the limits of its run. */
export function requestHash(selection: Buffer, limits: RunLimits): Buffer {
  const told = Object.entries(onlyLimits(limits))
    .map(([name, value]) => `${name} ${value}\n`)
    .sort();
  return createHash('sha256')
    .update(`requeue request ${HASH_VERSION}\nselection ${selection.toString('hex')}\n${told.join('')}`, 'utf8')
    .digest();
}
