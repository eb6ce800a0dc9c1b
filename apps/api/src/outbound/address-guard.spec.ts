import { describe, expect, it } from '@jest/globals';
import { hostAndPort, isPublicAddress, refuseAddresses, refuseTarget } from './address-guard.js';

describe('isPublicAddress', () => {
  it.each([
    ['8.8.8.8', true],
    ['172.15.255.255', true],
    ['172.32.0.1', true],
    ['2606:4700::1111', true],
    ['127.0.0.1', false],
    ['127.255.255.254', false],
    ['0.0.0.0', false],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['172.31.255.255', false],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:8.8.8.8', false],
    ['::ffff:a9fe:a9fe', false],
    ['64:ff9b::a9fe:a9fe', false],
    ['2002:7f00:1::', false],
    ['2001::1', false],
    ['fe80::1', false],
    ['fd00:ec2::254', false],
    ['ff02::1', false],
    ['not-an-address', false],
  ])('%s → %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });
});

describe('refuseTarget', () => {
  const allowed = new Set(['127.0.0.1:4400', 'localhost:4400']);

  it.each([
    ['https://example.com/hook', true],
    ['http://127.0.0.1:4400/requeue', true],
    ['http://localhost:4400/requeue', true],
    ['http://LOCALHOST:4400/requeue', true],
    ['http://example.com/hook', false],
    ['http://127.0.0.1:4401/requeue', false],
    ['ftp://example.com/x', false],
    ['file:///etc/passwd', false],
    ['https://user:secret@example.com/', false],
  ])('%s may be tried: %s', (url, mayBeTried) => {
    expect(refuseTarget(new URL(url), allowed) === null).toBe(mayBeTried);
  });
});

describe('refuseAddresses', () => {
  it('refuses a name of which one address is private', () => {
    const target = new URL('https://rebinding.example/');
    expect(refuseAddresses(target, ['8.8.8.8'], new Set())).toBeNull();
    expect(refuseAddresses(target, ['8.8.8.8', '10.0.0.1'], new Set())).toMatch(/private/);
    expect(refuseAddresses(target, [], new Set())).toMatch(/no address/);
  });

  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://127.1/'])(
    'sees through the spelling of %s',
    (url) => {
      const target = new URL(url);
      expect(refuseAddresses(target, [target.hostname], new Set())).toMatch(/private/);
    },
  );

  it('lets a listed host through', () => {
    const target = new URL('http://127.0.0.1:4400/x');
    expect(refuseAddresses(target, ['127.0.0.1'], new Set([hostAndPort(target)]))).toBeNull();
  });
});
