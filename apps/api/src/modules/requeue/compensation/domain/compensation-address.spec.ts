import { describe, expect, it } from '@jest/globals';
import type { RequeueTarget } from '../../../catalog/index.js';
import { addressOnHost, targetOfAction } from './compensation-address.js';

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

describe('where a request goes', () => {
  const target = (adapter: RequeueTarget['adapter']): RequeueTarget => ({
    ...{ adapter, url: 'https://erp.example/requeue', settings: {}, secrets: {}, validateUrl: null },
    ...{ statusUrl: 'https://erp.example/status', isIdempotent: false },
  });

  it.each<[string, RequeueTarget['adapter'], Parameters<typeof targetOfAction>[1], string | null]>([
    ['what is sent again, to any target', 'mulesoft', { action: 'requeue', path: null }, 'https://erp.example/requeue'],
    ['a reversal to the target itself', 'webhook', { action: 'reverse', path: null }, 'https://erp.example/requeue'],
    ['a reversal to a path of its own', 'webhook', { action: 'reverse', path: '/undo' }, 'https://erp.example/undo'],
    ['a reversal over a queue', 'amqp', { action: 'reverse', path: null }, 'https://erp.example/requeue'],
    ['no path over a queue', 'amqp', { action: 'reverse', path: '/undo' }, null],
    ['nothing to what only runs something again', 'mulesoft', { action: 'reverse', path: null }, null],
  ])('%s', (_name, adapter, asked, url) => expect(targetOfAction(target(adapter), asked)?.url ?? null).toBe(url));

  it('is not asked what became of it at an address that knows only what is sent again', () => {
    expect(targetOfAction(target('webhook'), { action: 'reverse', path: '/undo' })?.statusUrl).toBeNull();
  });
});
