import { describe, expect, it } from '@jest/globals';
import { judgeCompensation, type CompensationEvidence, type CompensationJudgement } from './judge-compensation.js';

const SENT = new Date('2026-09-30T08:30:00Z');
const EARLIER = new Date('2026-09-30T08:00:00Z');
const LATER = new Date('2026-09-30T08:40:00Z');

const evidence = (over: Partial<CompensationEvidence>): CompensationEvidence => ({
  ...{ action: 'reverse', state: 'ACKNOWLEDGED', sentAt: SENT },
  ...{ provedAt: null, isOwnProof: false, hasOwnFailure: false },
  ...over,
});

describe('what became of undoing a document', () => {
  it.each<[string, Partial<CompensationEvidence>, CompensationJudgement]>([
    ['nothing seen yet', {}, 'pending'],
    ['undone after it was taken', { provedAt: LATER }, 'verified'],
    ['undone after no answer', { provedAt: LATER, state: 'UNKNOWN' }, 'verified'],
    ['undone by the run that names it, whatever its clock says', { provedAt: EARLIER, isOwnProof: true }, 'verified'],
    ['undone before it went out', { provedAt: EARLIER }, 'overtaken'],
    ['undone while it still waited', { provedAt: LATER, state: 'QUEUED' }, 'overtaken'],
    ['its run failed', { hasOwnFailure: true }, 'failed'],
    ['its run failed, then undid it', { hasOwnFailure: true, provedAt: LATER, isOwnProof: true }, 'verified'],
    ['a notice that waits', { action: 'notify', state: 'QUEUED' }, 'pending'],
    ['a notice that was taken', { action: 'notify' }, 'notified'],
    ['a notice without an answer', { action: 'notify', state: 'UNKNOWN' }, 'pending'],
    ['a notice of what is undone meanwhile', { action: 'notify', state: 'UNKNOWN', provedAt: LATER }, 'pending'],
  ])('%s', (_name, over, judgement) => expect(judgeCompensation(evidence(over))).toBe(judgement));
});
