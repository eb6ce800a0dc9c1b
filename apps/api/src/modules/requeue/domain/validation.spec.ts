import { describe, expect, it } from '@jest/globals';
import type { OutboundResult } from '../../../outbound/index.js';
import { readValidation, validationOf, type Validation } from './validation.js';

describe('what a target says of something that is not sent yet', () => {
  it.each<[string, OutboundResult, Validation, string]>([
    ['takes it', { kind: 'success', status: 200, body: '' }, 'PASSED', 'it would take it'],
    ['takes it in words', { kind: 'success', status: 200, body: ' fine ' }, 'PASSED', 'fine'],
    ['refuses it', { kind: 'rejected', status: 422, body: 'cost centre is closed' }, 'FAILED', 'cost centre is closed'],
    ['refuses it silently', { kind: 'rejected', status: 400, body: '' }, 'FAILED', 'it would refuse it with 400'],
    ['has it already', { kind: 'rejected', status: 409, body: '' }, 'FAILED', 'it would refuse it with 409'],
    ['says so in a success', { kind: 'rejected', status: 200, body: 'status: error' }, 'FAILED', 'status: error'],
    ['is not there', { kind: 'rejected', status: 404, body: 'x' }, 'NOT_ASKED', 'it could not be asked: answer 404'],
    ['does not know us', { kind: 'rejected', status: 401, body: '' }, 'NOT_ASKED', 'it could not be asked: answer 401'],
    ['redirects', { kind: 'rejected', status: 302, body: '' }, 'NOT_ASKED', 'it could not be asked: answer 302'],
    [
      'is busy',
      { kind: 'retryable', status: 503, body: '', afterMs: null },
      'NOT_ASKED',
      'it could not be asked now: answer 503',
    ],
    ['hangs', { kind: 'unknown', reason: 'no answer' }, 'NOT_ASKED', 'it could not be asked: no answer'],
  ])('%s', (_name, result, validation, words) => {
    const answer = readValidation(result);
    expect([validationOf(answer), answer.words]).toEqual([validation, words]);
  });
});
