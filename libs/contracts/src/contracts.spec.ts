import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import {
  GRAPHQL_ERROR_CODES,
  JOB_NAMES,
  SCHEMA_PATH,
  readNotificationDeliverJob,
  readRequeueAnswer,
  readRequeueSendJob,
} from './index.js';

describe('jobs', () => {
  it('carry ids, and what is not a job is named', () => {
    const job = { tenantId: 't', attemptId: 'a' };
    expect(readRequeueSendJob({ ...job, more: 1 })).toEqual(job);
    const many = { tenantId: 't', attemptIds: ['a', 'b'] };
    expect(readRequeueSendJob({ ...many, more: 1 })).toEqual(many);
    expect(readNotificationDeliverJob({ tenantId: 't', notificationId: 'n' })).toEqual({
      tenantId: 't',
      notificationId: 'n',
    });
    expect(() => readRequeueSendJob({ tenantId: 't' })).toThrow(`job ${JOB_NAMES.requeueSend} needs attemptId`);
    expect(() => readNotificationDeliverJob(null)).toThrow(`job ${JOB_NAMES.notificationDeliver} needs tenantId`);
  });
});

describe("an endpoint's answer to a requeue", () => {
  it.each([
    [200, 'acknowledged'],
    [204, 'acknowledged'],
    [409, 'acknowledged'],
    [301, 'refused'],
    [400, 'refused'],
    [422, 'refused'],
    [429, 'try-later'],
    [500, 'try-later'],
    [503, 'try-later'],
  ])('%i is %s', (status, answer) => {
    expect(readRequeueAnswer(status)).toBe(answer);
  });
});

describe('the contract', () => {
  it('has its schema where it says, and no error code twice', () => {
    expect(readFileSync(SCHEMA_PATH, 'utf8')).toContain('type Query');
    expect(new Set(GRAPHQL_ERROR_CODES).size).toBe(GRAPHQL_ERROR_CODES.length);
  });
});
