import { describe, expect, it } from '@jest/globals';
import { linksOut, linkWords } from './prepare-links.js';

const link = (traceId: string, attributes: unknown = {}) => ({ traceId, spanId: 'b1', attributes });

describe('links of the steps of a run', () => {
  const spans = [
    { spanId: 'a1', name: 'apply batch', links: [link('t1', { 'messaging.message.id': 'm-1', n: 3 }), link('t2')] },
    { spanId: 'a2', name: 'read', links: [] },
    { spanId: 'a3', name: 'post', links: [link('t1')] },
  ];

  it('are rows in the order of the steps, with what they say', () => {
    expect(linksOut(spans).map(({ step, traceId, says }) => [step, traceId, says])).toEqual([
      ['apply batch', 't1', 'messaging.message.id m-1 · n 3'],
      ['apply batch', 't2', ''],
      ['post', 't1', ''],
    ]);
    expect(new Set(linksOut(spans).map(({ id }) => id)).size).toBe(3);
  });

  it('are those of one step when one is looked at', () => {
    expect(linksOut(spans, 'a3').map(({ step }) => step)).toEqual(['post']);
    expect(linksOut(spans, 'a2')).toEqual([]);
  });

  it('are left out when they name no run', () => {
    const odd = [null, 'x', {}, { traceId: '', spanId: '' }, { traceId: 't1' }];
    expect(linksOut([{ spanId: 'a1', name: 'a', links: odd }])).toEqual([]);
    expect(linksOut([{ spanId: 'a1', name: 'a', links: 'none' }])).toEqual([]);
    expect(linkWords(null)).toBe('');
  });
});
