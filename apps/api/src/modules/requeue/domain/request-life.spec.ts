import { describe, expect, it } from '@jest/globals';
import {
  afterRequestStep,
  possibleSteps,
  proveRequestLife,
  REQUEST_LIFE_CYCLE,
  REQUEST_STATES,
  type RequestState,
  type RequestStepName,
} from './request-life.js';

describe('the life of a requeue request', () => {
  it('is proved at start', () => {
    expect(() => proveRequestLife()).not.toThrow();
  });

  const steps: [RequestStepName, readonly RequestState[], RequestState][] = [
    ['plan', ['PLANNING'], 'PLANNED'],
    ['go-on', ['PLANNED'], 'FREEZING'],
    ['ask', ['FREEZING'], 'PENDING_APPROVAL'],
    ['send', ['FREEZING'], 'SENDING'],
    ['drop', ['PLANNING', 'FREEZING', 'APPROVING'], 'CANCELLED'],
    ['approve', ['PENDING_APPROVAL'], 'SENDING'],
    ['reject', ['PENDING_APPROVAL'], 'REJECTED'],
    ['withdraw', ['PENDING_APPROVAL'], 'WITHDRAWN'],
    ['begin-approving', ['PENDING_APPROVAL'], 'APPROVING'],
    ['let-go', ['APPROVING'], 'SENDING'],
    ['begin-closing', ['PENDING_APPROVAL'], 'CLOSING'],
    ['end-reject', ['CLOSING'], 'REJECTED'],
    ['end-withdraw', ['CLOSING'], 'WITHDRAWN'],
    ['end-expire', ['CLOSING'], 'EXPIRED'],
    ['expire', ['PENDING_APPROVAL', 'PLANNED'], 'EXPIRED'],
    ['pause', ['SENDING'], 'PAUSED'],
    ['stop', ['SENDING'], 'STOPPED'],
    ['resume', ['PAUSED', 'STOPPED'], 'SENDING'],
    ['cancel', ['PLANNING', 'PLANNED', 'FREEZING', 'APPROVING', 'SENDING', 'PAUSED', 'STOPPED'], 'CANCELLED'],
    ['finish', ['SENDING', 'PAUSED', 'STOPPED'], 'FINISHED'],
  ];

  it('has a test for every step', () => {
    expect(steps.map(([step]) => step).sort()).toEqual(REQUEST_LIFE_CYCLE.map(({ step }) => step).sort());
  });

  it.each(steps)('%s from %p → %s, and from no other state', (step, from, to) => {
    for (const state of REQUEST_STATES) {
      expect([state, afterRequestStep(state, step)]).toEqual([state, from.includes(state) ? to : null]);
    }
  });

  it.each<[RequestState, RequestStepName[]]>([
    ['PLANNING', ['cancel']],
    ['PLANNED', ['go-on', 'cancel']],
    ['FREEZING', ['cancel']],
    ['PENDING_APPROVAL', ['approve', 'reject', 'withdraw']],
    ['APPROVING', ['cancel']],
    ['CLOSING', []],
    ['SENDING', ['pause', 'cancel']],
    ['PAUSED', ['resume', 'cancel']],
    ['STOPPED', ['resume', 'cancel']],
    ['FINISHED', []],
    ['REJECTED', []],
  ])('in %s people can %p', (state, possible) => {
    expect(possibleSteps(state)).toEqual(possible);
  });
});
