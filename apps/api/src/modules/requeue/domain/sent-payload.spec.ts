import { describe, expect, it } from '@jest/globals';
import { sentPayload } from './sent-payload.js';

const IBAN = 'DE89370400440532013000';
const bodyOf = (payload: string) => `{"requeueId":"r1","attempt":1,"payload":${payload},"payloadVersion":1}`;
const whole = { mayRead: true, mayUnmask: true };

describe('the payload as it was sent', () => {
  it('is what was frozen, digit for digit', () => {
    const text = '{"order":"O-1","amount":12345678901234567890.10}';
    expect(sentPayload(bodyOf(text), whole)).toEqual({ text, bytes: text.length, isMasked: false, whyNot: null });
  });

  it('is the text that it is where it is no JSON, in bytes', () => {
    expect(sentPayload(bodyOf('"<order name=\\"Müller\\"/>"'), whole)).toMatchObject({
      text: '<order name="Müller"/>',
      bytes: 23,
    });
  });

  it('hides account numbers from who may not see them, and says so', () => {
    const seen = sentPayload(bodyOf(`{"order":"O-1","iban":"${IBAN}"}`), { mayRead: true, mayUnmask: false });
    expect(seen.text).toContain('"order":"O-1"');
    expect(seen.text).not.toContain(IBAN);
    expect(seen).toMatchObject({ isMasked: true, whyNot: null });
    expect(sentPayload(bodyOf('{"order":"O-1"}'), { mayRead: true, mayUnmask: false }).isMasked).toBe(false);
    expect(sentPayload(bodyOf(`"pay to ${IBAN}"`), { mayRead: true, mayUnmask: false }).text).not.toContain(IBAN);
  });

  it('is hidden whole from who may see no payloads; its size is not', () => {
    expect(sentPayload(bodyOf('{"a":1}'), { mayRead: false, mayUnmask: false })).toEqual({
      text: null,
      bytes: 7,
      isMasked: true,
      whyNot: expect.stringContaining('right to see payloads'),
    });
  });

  it('is not shown where it is nested too deep to be read', () => {
    const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
    expect(sentPayload(bodyOf(deep), whole)).toEqual({
      text: null,
      bytes: null,
      isMasked: false,
      whyNot: expect.stringContaining('nested too deep'),
    });
  });

  it.each([['null'], ['null ']])('is none where none was sent (%s)', (payload) => {
    expect(sentPayload(bodyOf(payload), whole)).toMatchObject({
      text: null,
      bytes: null,
      whyNot: 'It carried no payload.',
    });
  });
});
