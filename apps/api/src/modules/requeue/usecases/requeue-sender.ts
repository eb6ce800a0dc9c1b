import type { Actor } from '../../audit/index.js';

/** Who acts when an attempt is carried to its target. */
export const REQUEUE_SENDER: Actor = { kind: 'system', id: 'requeue', name: 'Throughline' };
