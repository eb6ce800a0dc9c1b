import { describe, expect, it } from '@jest/globals';
import { bodyHash, evidenceHash, payloadVersionOf } from './certificate.js';

describe('a certificate', () => {
  it('names what was sent by the hash of its bytes', () => {
    expect(bodyHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(bodyHash('ä')).not.toBe(bodyHash('a'));
  });

  it('is of these records in this order', () => {
    expect(evidenceHash(['a', 'b'])).not.toBe(evidenceHash(['b', 'a']));
    expect(evidenceHash(['ab'])).not.toBe(evidenceHash(['a', 'b']));
    expect(evidenceHash(['a', 'b'])).toBe(evidenceHash(['a', 'b']));
  });

  it.each([
    ['{"payload":{"payloadVersion":9},"payloadVersion":2}', 2],
    ['{"payload":null}', null],
    ['[]', null],
  ])('reads the version of %s', (body, version) => {
    expect(payloadVersionOf(body)).toBe(version);
  });
});
