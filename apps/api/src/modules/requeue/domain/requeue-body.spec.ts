import { describe, expect, it } from '@jest/globals';
import { selectionHash, writeRequeueBody } from './requeue-body.js';

const body = {
  requeueId: 'r1',
  attempt: 2,
  integration: 'salesforce-contract-to-order',
  object: {
    type: 'sales-order',
    key: 'O-1',
    aliases: [{ system: 'salesforce', kind: 'order-number', scope: '', value: 'O-1' }],
  },
  payloadJson: '{"amount": 12345678901234567890.10}',
  payloadVersion: 1,
  reason: 'mapping "added"',
};

describe('requeue body', () => {
  it('is JSON with the payload as it was stored, digit for digit', () => {
    const text = writeRequeueBody(body);
    expect(text).toContain('"payload":{"amount": 12345678901234567890.10}');
    expect(JSON.parse(text)).toMatchObject({
      requeueId: 'r1',
      attempt: 2,
      payloadVersion: 1,
      reason: 'mapping "added"',
    });
  });

  it('says null where no payload is known', () => {
    expect(JSON.parse(writeRequeueBody({ ...body, payloadJson: null }))).toMatchObject({ payload: null });
  });
});

describe('selectionHash', () => {
  const items = [
    { exceptionId: 'a', attempt: 1, body: 'x' },
    { exceptionId: 'b', attempt: 1, body: 'y' },
  ];

  it('depends on what is sent, not on the order asked', () => {
    expect(selectionHash([...items].reverse())).toEqual(selectionHash(items));
    expect(selectionHash(items.slice(1))).not.toEqual(selectionHash(items));
    expect(selectionHash([{ exceptionId: 'a', attempt: 1, body: 'z' }, items[1]!])).not.toEqual(selectionHash(items));
  });
});
