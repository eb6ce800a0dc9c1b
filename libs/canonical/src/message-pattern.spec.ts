import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messagePattern } from './message-pattern.js';

describe('the pattern of a message', () => {
  it.each<[string, string, string[], string]>([
    ['keeps words', 'Connection refused', [], 'connection refused'],
    ['takes out documents and amounts', 'Order O-100234 over EUR 1,234.50 failed', [], 'order {n} over eur {n} failed'],
    ['takes out names of the subject', 'Bremen Werft is blocked', ['Bremen Werft'], '{name} is blocked'],
    [
      'takes out the longest name first',
      'Werft Bremen AG is blocked',
      ['Werft', 'Werft Bremen AG'],
      '{name} is blocked',
    ],
    ['takes out names only as whole words', 'Posting for ING is missing', ['ING'], 'posting for {name} is missing'],
    ['takes out names written without gaps', '客户三井物产被冻结', ['三井物产'], '客户{name}被冻结'],
    ['leaves short names alone', 'AG is blocked', ['AG'], 'ag is blocked'],
    [
      'takes out ids, dates and accounts',
      'Run 7c9e6679-7425-40de-944b-e07fc1f90ae7 of 2026-09-30T08:00:00Z for DE89370400440532013000 timed out',
      [],
      'run {n} of {n} for {n} timed out',
    ],
    [
      'takes out addresses',
      'GET https://erp.example/orders/1?x=2 failed for a@b.example',
      [],
      'get {address} failed for {address}',
    ],
    ['takes out quoted text', 'No mapping for "Kiel Süd" in \'T001\'', [], 'no mapping for {text} in {text}'],
    ['keeps an apostrophe', "Can't post: it isn't open", [], "can't post: it isn't open"],
    ['keeps the status of an answer', 'HTTP 503 after 12 s', [], 'http 503 after {n} s'],
    ['tells answers apart', 'status: 422', [], 'status: 422'],
    ['knows a status from an amount', 'code 200,500.00', [], 'code {n}'],
    ['is one line', ' Stack:\n  at   Foo ', [], 'stack: at foo'],
    ['of nothing is nothing', '', [], ''],
    ['reads special characters of names as they are', 'a+b (c) failed', ['a+b (c)'], '{name} failed'],
  ])('%s', (_name, message, known, pattern) => {
    expect(messagePattern(message, known)).toBe(pattern);
  });

  it('is the same for every number', () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 18n }).map(String);
    fc.assert(
      fc.property(number, number, (left, right) => {
        const of = (text: string) => messagePattern(`Invoice INV-${text} over ${text}.00 is missing`);
        expect(of(left)).toBe(of(right));
      }),
    );
  });

  it('is short and the same again, whatever the message holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 1_000 }), fc.array(fc.string()), (message, known) => {
        const pattern = messagePattern(message, known);
        expect(pattern.length).toBeLessThanOrEqual(160);
        expect(messagePattern(message, known)).toBe(pattern);
      }),
    );
  });
});
