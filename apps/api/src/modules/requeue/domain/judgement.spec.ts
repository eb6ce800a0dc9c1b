import { describe, expect, it } from '@jest/globals';
import { judge, type Evidence } from './judgement.js';

const at = (hour: number) => new Date(Date.UTC(2026, 8, 30, hour));

describe('judge', () => {
  it.each<[string, Partial<Evidence>, ReturnType<typeof judge>]>([
    ['nothing yet', {}, 'pending'],
    ['overcome, and the run names the request', { clearedAt: at(13), hasOwnSuccess: true }, 'verified'],
    ['overcome after the attempt, by an integration that carries no id', { clearedAt: at(13) }, 'verified'],
    ['overcome at the very time', { clearedAt: at(12) }, 'verified'],
    [
      'the other clock is behind ours, but the run names the request',
      { clearedAt: at(11), hasOwnSuccess: true },
      'verified',
    ],
    ['overcome before the attempt went out', { clearedAt: at(11) }, 'overtaken'],
    ['overcome while the target had not taken it', { clearedAt: at(13), mayBeTaken: false }, 'overtaken'],
    ['the problem is no longer among the facts', { hasProblem: false }, 'overtaken'],
    ['failed again', { hasOwnFailure: true }, 'failed'],
    [
      'failed, retried by the integration itself, overcome',
      { hasOwnFailure: true, hasOwnSuccess: true, clearedAt: at(13) },
      'verified',
    ],
    ['failed, then overcome otherwise', { hasOwnFailure: true, clearedAt: at(13) }, 'failed'],
    ['a step succeeded, but the problem stands', { hasOwnSuccess: true }, 'pending'],
  ])('%s', (_name, evidence, expected) => {
    const own = { hasOwnFailure: false, hasOwnSuccess: false };
    const base = { sentAt: at(12), mayBeTaken: true, hasProblem: true, clearedAt: null, ...own };
    expect(judge({ ...base, ...evidence })).toBe(expected);
  });
});
