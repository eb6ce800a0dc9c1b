import { describe, expect, it } from '@jest/globals';
import type { Attributes } from '../otlp/span-record.js';
import { stepProblem, type StepFailure } from './step-problem.js';

const problem = (attributes: Attributes, failure: Partial<StepFailure> = {}) =>
  stepProblem(attributes, { message: 'shown', said: [], exceptionType: undefined, ...failure });

describe('the problem of a failed step', () => {
  it.each<[string, Attributes, Partial<StepFailure>, string, Record<string, string>]>([
    [
      'a rate limit, by the status of the answer',
      { 'http.response.status_code': 429, 'error.type': '429' },
      {},
      'platform.rate-limit',
      { errorType: '429' },
    ],
    ['by the older name of the status', { 'http.status_code': 429 }, {}, 'platform.rate-limit', {}],
    [
      'a time-out, by what was thrown',
      {},
      { exceptionType: 'java.net.SocketTimeoutException', said: ['no answer'] },
      'platform.time-out',
      { errorType: 'java.net.SocketTimeoutException' },
    ],
    [
      'a closed period, by what it said, whatever was thrown',
      { 'error.type': '_OTHER', 'http.response.status_code': 500 },
      { exceptionType: 'ErpError', said: ['Posting period 009 2026 is not open'] },
      'business-control.posting-period-closed',
      { errorType: 'ErpError' },
    ],
    [
      'by the message that is declared',
      { 'finance.problem.message': 'Credit limit exceeded' },
      {},
      'business-control.credit-exposure-over-limit',
      {},
    ],
    [
      'the code that it declares counts, whatever else it says',
      { 'finance.problem.code': 'business-control.approval-missing', 'error.type': 'TimeoutError' },
      { said: ['timed out'] },
      'business-control.approval-missing',
      {},
    ],
    [
      'a code that is none is kept apart',
      { 'finance.problem.code': 'E-17' },
      { said: ['connection refused'] },
      'platform.connectivity',
      { reportedCode: 'E-17' },
    ],
    [
      'a discriminator of its own goes before the type',
      { 'error.type': 'TimeoutError', 'finance.problem.discriminator.errorType': 'erp' },
      {},
      'platform.time-out',
      { errorType: 'erp' },
    ],
    ['nothing known', {}, { said: ['it went wrong'] }, 'platform.unclassified', {}],
    [
      'the words that stand in for a message say nothing',
      {},
      { message: '"await time-out" failed' },
      'platform.unclassified',
      {},
    ],
  ])('%s', (_name, attributes, failure, taxonomy, discriminators) => {
    expect(problem(attributes, failure)).toMatchObject({ taxonomy, discriminators });
    expect(problem(attributes, failure).discriminators).toEqual(discriminators);
  });
});
