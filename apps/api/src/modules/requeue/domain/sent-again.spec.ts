import { describe, expect, it } from '@jest/globals';
import type { ExceptionState } from '../../exceptions/index.js';
import { isSentAgain, stateBehind } from './sent-again.js';

type Standing = Parameters<typeof stateBehind>[0];

describe('the state behind a duplicate', () => {
  it.each<[string, Standing, ExceptionState, boolean]>([
    ['none', { state: 'REQUEUED', stateBeforeDuplicate: null, isDuplicateByHand: false }, 'REQUEUED', true],
    [
      'sent again',
      { state: 'DUPLICATE', stateBeforeDuplicate: 'REQUEUED', isDuplicateByHand: false },
      'REQUEUED',
      true,
    ],
    [
      'waits for approval',
      { state: 'DUPLICATE', stateBeforeDuplicate: 'PENDING_APPROVAL', isDuplicateByHand: false },
      'PENDING_APPROVAL',
      false,
    ],
    ['not told', { state: 'DUPLICATE', stateBeforeDuplicate: null, isDuplicateByHand: false }, 'OPEN', false],
    [
      'named by a person',
      { state: 'DUPLICATE', stateBeforeDuplicate: null, isDuplicateByHand: true },
      'DUPLICATE',
      false,
    ],
  ])('%s', (_name, standing, state, isSent) => {
    expect([stateBehind(standing), isSentAgain(standing)]).toEqual([state, isSent]);
  });
});
