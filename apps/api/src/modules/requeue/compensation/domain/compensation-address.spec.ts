import { describe, expect, it } from '@jest/globals';
import { addressOnHost } from './compensation-address.js';

describe('the address of a declared path', () => {
  it.each<[string, string, string]>([
    ['replaces the path of the target', '/reversals', 'https://erp.example:8443/reversals'],
    ['loses its query', '/a/b', 'https://erp.example:8443/a/b'],
    ['cannot climb out of the root', '/../../etc', 'https://erp.example:8443/etc'],
  ])('%s', (_name, path, address) =>
    expect(addressOnHost('https://erp.example:8443/requeue/v1?tenant=1', path)).toBe(address),
  );

  it.each(['//evil.example/x', '/\\evil.example', 'https://evil.example'])('never leaves the host: %s', (path) =>
    expect(() => addressOnHost('https://erp.example/requeue', path)).toThrow(/not on the host/),
  );
});
