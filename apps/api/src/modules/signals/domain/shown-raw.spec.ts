import { describe, expect, it } from '@jest/globals';
import { LONGEST_RAW, shownRaw, shownSample } from './shown-raw.js';

const IBAN = 'DE89370400440532013000';
const bytes = (text: string): Buffer => Buffer.from(text);

describe('the raw form of a signal', () => {
  it('stays as it came when there is nothing to mask', () => {
    const text = '{ "amount": 1.10, "id" : 12345678901234567890 }';
    expect(shownRaw(bytes(text), true, false)).toEqual({ text, base64: null, isMasked: false, isTruncated: false });
  });

  it.each([
    ['JSON', `{"creditor":{"iban":"${IBAN}"}}`],
    ['XML', `<Doc><Acct><Id><Othr><Id>0532013000</Id></Othr></Id></Acct></Doc>`],
    ['XML with a character reference', `<Doc><Acct><Id><Othr><Id>&#48;532013000</Id></Othr></Id></Acct></Doc>`],
    ['a bank text', `:25:37040044/0532013000\n:86:${IBAN}`],
    ['broken JSON', `{"accountNumber": "0532013000", `],
    ['bytes', `\u0000\u0001${IBAN} 0532013000`],
  ])('masks accounts in %s, unless it may be seen whole', (_name, text) => {
    const masked = shownRaw(bytes(text), true, false);
    expect(masked.isMasked).toBe(true);
    expect(JSON.stringify(masked)).not.toContain('0532013000');
    const whole = shownRaw(bytes(text), true, true);
    expect(whole.text ?? Buffer.from(whole.base64 ?? '', 'base64').toString()).toBe(text);
  });

  it('keeps the look of a document that it masks', () => {
    const { text } = shownRaw(bytes(`<a>\n <Amt Ccy="EUR">1.10</Amt><IBAN>${IBAN}</IBAN>\n</a>`), true, false);
    expect(text).toBe('<a>\n <Amt Ccy="EUR">1.10</Amt><IBAN>DE••••3000</IBAN>\n</a>');
  });

  it('masks a part of a text by form, where member names may be missing', () => {
    const { text, isTruncated } = shownRaw(bytes(`0532013000","amount":"12.50`), false, false);
    expect([text, isTruncated]).toEqual(['••••","amount":"12.50', true]);
  });

  it('is cut at a bound, never within a character', () => {
    const { text, isTruncated } = shownRaw(bytes('a'.repeat(LONGEST_RAW - 1) + '😀'), true, true);
    expect([text?.length, isTruncated]).toEqual([LONGEST_RAW - 1, true]);
  });
});

describe('a sample of what was refused', () => {
  it('is text, what cannot be printed escaped, long numbers masked', () => {
    expect(shownSample(Buffer.from([0x41, 0x00, 0xff, 0x0a]), false)).toBe('A\\x00\\xff\n');
    expect(shownSample(bytes('acct=0532013000'), false)).toBe('acct=••••3000');
    expect(shownSample(bytes('0532013000;1'), false)).toBe('••••;1');
    expect(shownSample(bytes('acct=0532013000'), true)).toBe('acct=0532013000');
  });
});
