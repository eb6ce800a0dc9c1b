import type { StoredException } from '../../exceptions/index.js';

/** Whether it stands as sent again, also where it is a duplicate by now. What is not, no end of an attempt opens. */
export function isSentAgain({ state, stateBeforeDuplicate }: Pick<StoredException, 'state' | 'stateBeforeDuplicate'>) {
  return (state === 'DUPLICATE' ? stateBeforeDuplicate : state) === 'REQUEUED';
}
