import type { ExceptionState, StoredException } from '../../exceptions/index.js';

type Standing = Pick<StoredException, 'state' | 'stateBeforeDuplicate' | 'isDuplicateByHand'>;

/** Of what the lineage found to be a duplicate the state that it comes back to; what a person named one stays one. */
export function stateBehind({ state, stateBeforeDuplicate, isDuplicateByHand }: Standing): ExceptionState {
  return state === 'DUPLICATE' && !isDuplicateByHand ? (stateBeforeDuplicate ?? 'OPEN') : state;
}

/** Whether it stands as sent again, also where it is a duplicate by now. What is not, no end of an attempt opens. */
export function isSentAgain(exception: Standing): boolean {
  return stateBehind(exception) === 'REQUEUED';
}
