import { describe, expect, it } from '@jest/globals';
import { readJson, writeJson } from './json-tree.js';
import { isHidden, maskTree } from './masked-tree.js';

const IBAN = 'DE89370400440532013000';

describe('a payload masked', () => {
  it('hides accounts and keeps every digit of the rest', () => {
    const { tree, places } = maskTree(
      readJson(
        `{"b":{"iban":"${IBAN}"},"amount":12345678901234567890.10,"10":1,"2":2,"lines":[{"accountNumber":12345678},{"n":1.50}]}`,
      ),
    );
    expect(writeJson(tree)).not.toContain(IBAN);
    expect(writeJson(tree)).toContain('"amount":12345678901234567890.10');
    expect(writeJson(tree)).toContain('"n":1.50');
    expect([...places].sort()).toEqual(['/b/iban', '/lines/0/accountNumber']);
  });

  it('leaves what hides nothing as it is', () => {
    const text = '{"a":[1.0,{"b":null}]}';
    const { tree, places } = maskTree(readJson(text));
    expect(writeJson(tree)).toBe(text);
    expect(places.size).toBe(0);
  });

  it.each([
    ['/b/iban', true],
    ['/b', true],
    ['/b/iban/x', true],
    ['/b/ibanCountry', false],
    ['/c', false],
  ])('hides %s: %s', (pointer, isIt) => {
    expect(isHidden(new Set(['/b/iban']), pointer)).toBe(isIt);
  });
});
