import { describe, expect, it } from '@jest/globals';
import { REQUEUE_ADAPTER_DESCRIPTIONS, REQUEUE_ADAPTERS } from './requeue-adapters.js';
import { missingOf, readSecrets, writeSecrets } from './requeue-target.js';
import { isRedirected, targetProblems, type StandingTarget, type TargetStatement } from './requeue-target-rules.js';

const SIGNING = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

const webhook: TargetStatement = {
  adapter: 'webhook',
  url: 'https://integration.example.com/requeue',
  settings: {},
  secrets: { signing: SIGNING },
  statusUrl: null,
  validateUrl: null,
  isIdempotent: true,
};

const boomi: TargetStatement = {
  adapter: 'boomi',
  url: 'https://api.boomi.com/api/rest/v1/acme-1',
  settings: { processId: 'p', runtimeId: 'r', userName: 'u' },
  secrets: { apiToken: 't' },
  statusUrl: null,
  validateUrl: null,
  isIdempotent: false,
};

const amqp: TargetStatement = {
  adapter: 'amqp',
  url: 'amqps://broker.example.com/finance',
  settings: { routingKey: 'orders', userName: 'u' },
  secrets: { password: 'p' },
  statusUrl: null,
  validateUrl: null,
  isIdempotent: false,
};

const allowed = new Set(['127.0.0.1:4400', '127.0.0.1:5672', '127.0.0.1:5671']);

describe('a requeue target', () => {
  it.each<[string, TargetStatement, Partial<TargetStatement>, RegExp | null]>([
    ['a webhook', webhook, {}, null],
    ['a listed host', webhook, { url: 'http://127.0.0.1:4400/requeue' }, null],
    ['an unknown adapter', webhook, { adapter: 'fax' }, /^adapter: must be one of webhook/],
    ['no address', webhook, { url: '' }, /^url: is not an address/],
    ['another scheme', webhook, { url: 'ftp://example.com/' }, /^url: the scheme ftp is not http or https/],
    ['plain http', webhook, { url: 'http://example.com/' }, /^url: http without TLS/],
    ['a private address', webhook, { url: 'https://10.0.0.1/' }, /^url: the host is a private/],
    ['a private address spelt otherwise', webhook, { url: 'https://2130706433/' }, /^url: the host is a private/],
    ['an IPv6 address', webhook, { url: 'https://[::1]/' }, /^url: the host is a private/],
    ['credentials', webhook, { url: 'https://u:p@example.com/' }, /^url: an address must not carry/],
    ['a secret in the query', webhook, { url: 'https://example.com/?sig=x' }, /^url: must not carry a secret/],
    ['a validate address', webhook, { validateUrl: 'https://example.com/v' }, null],
    ['a private validate address', webhook, { validateUrl: 'https://10.1.1.1/' }, /^validateUrl: the host/],
    ['a private status address', webhook, { statusUrl: 'https://10.1.1.1/' }, /^statusUrl: the host/],
    ['no secret', webhook, { secrets: {} }, /^signing: Signing secret is needed/],
    ['a weak secret', webhook, { secrets: { signing: 'whsec_abc' } }, /^signing: must be whsec_/],
    ['something unknown', webhook, { settings: { colour: 'red' } }, /^colour: is nothing that Signed webhook has/],
    ['a secret as a setting', boomi, { settings: { apiToken: 't' } }, /^apiToken: is nothing/],
    ['a preset', boomi, {}, null],
    ['a preset that keeps no keys', boomi, { isIdempotent: true }, /^isIdempotent: Boomi keeps no keys/],
    ['a preset without validation', boomi, { validateUrl: 'https://a.example/' }, /^validateUrl: Boomi has none/],
    ['a header that is broken', boomi, { secrets: { apiToken: 'a\r\nb' } }, /^apiToken: holds characters/],
    ['a broker', amqp, {}, null],
    ['a long exchange', amqp, { settings: { ...amqp.settings, exchange: 'x'.repeat(255) } }, null],
    ['one that is too long', amqp, { settings: { ...amqp.settings, exchange: 'ä'.repeat(128) } }, /^exchange: .*255/],
    ['a listed broker without TLS', amqp, { url: 'amqp://127.0.0.1/' }, null],
    ['a broker without TLS', amqp, { url: 'amqp://broker.example.com/' }, /^url: amqp without TLS/],
    ['a private broker', amqp, { url: 'amqps://10.0.0.2/' }, /^url: the host is a private/],
    ['a broker with credentials', amqp, { url: 'amqps://u:p@broker.example.com/' }, /^url: an address must not/],
    [
      'a broker as a web page',
      amqp,
      { url: 'https://broker.example.com/' },
      /^url: the scheme https is not amqp or amqps/,
    ],
  ])('%s', (_name, base, change, expected) => {
    const problems = targetProblems({ ...base, ...change }, null, allowed);
    if (expected === null) expect(problems).toEqual([]);
    else expect(problems).toContainEqual(expect.stringMatching(expected));
  });

  it('holds token addresses against the same guard', () => {
    const sap: TargetStatement = {
      ...boomi,
      adapter: 'sap-cloud-integration',
      settings: { tokenUrl: 'https://169.254.169.254/token', clientId: 'c' },
      secrets: { clientSecret: 's' },
    };
    expect(targetProblems(sap, null, allowed)).toEqual([expect.stringMatching(/^tokenUrl: the host is a private/)]);
  });

  describe('that is changed', () => {
    const standing = (target: StandingTarget, kept: string[]) => ({ target, kept });
    const before: StandingTarget = { ...boomi, adapter: 'boomi' };

    it('keeps its secrets when none is given', () => {
      expect(targetProblems({ ...boomi, secrets: {} }, standing(before, ['apiToken']), allowed)).toEqual([]);
      expect(targetProblems({ ...boomi, secrets: {} }, standing(before, []), allowed)).toEqual([
        'apiToken: API token is needed',
      ]);
    });

    it('never sends a secret to another host without its being given again', () => {
      const elsewhere = { ...boomi, url: 'https://elsewhere.example/api', secrets: {} };
      expect(targetProblems(elsewhere, standing(before, ['apiToken']), allowed)).toEqual([
        'apiToken: must be given again, since an address has changed',
      ]);
      expect(
        targetProblems({ ...elsewhere, secrets: { apiToken: 'x' } }, standing(before, ['apiToken']), allowed),
      ).toEqual([]);
    });

    it('keeps the secret of a webhook, which is never sent, and none of another adapter', () => {
      const hook: StandingTarget = { ...webhook, adapter: 'webhook' };
      const moved = { ...webhook, url: 'https://new.example/', secrets: {} };
      expect(targetProblems(moved, standing(hook, ['signing']), allowed)).toEqual([]);
      expect(targetProblems({ ...boomi, secrets: {} }, standing(hook, ['apiToken']), allowed)).toEqual([
        'apiToken: API token is needed',
      ]);
    });
  });
});

describe('the adapters', () => {
  it.each(REQUEUE_ADAPTERS)('%s has fields of different names, and a secret', (adapter) => {
    const { fields } = REQUEUE_ADAPTER_DESCRIPTIONS[adapter];
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    expect(fields.some(({ isSecret }) => isSecret)).toBe(true);
  });

  it('say what is missing', () => {
    expect(missingOf({ adapter: 'boomi', settings: { processId: 'p', runtimeId: 'r' }, secrets: {} })).toEqual([
      'User name',
      'API token',
    ]);
  });
});

describe('sealed secrets', () => {
  it('are one text, and one of earlier versions is the signing secret', () => {
    expect(readSecrets(writeSecrets({ a: '1', b: '{' }))).toEqual({ a: '1', b: '{' });
    expect(readSecrets(SIGNING)).toEqual({ signing: SIGNING });
  });
});

describe('what waits to be sent is redirected', () => {
  const standing = ({ secrets: _, ...target }: TargetStatement): StandingTarget => ({
    ...target,
    adapter: target.adapter === 'boomi' ? 'boomi' : 'webhook',
  });
  const kept = { ...boomi, secrets: {} };
  it.each<[string, StandingTarget | null, TargetStatement, boolean]>([
    ['by a target where there was none', null, webhook, true],
    ['by another address', standing(webhook), { ...webhook, url: 'https://thief.example/' }, true],
    ['by another adapter', standing(webhook), { ...boomi, url: webhook.url }, true],
    ['by another account', standing(boomi), boomi, true],
    ['by another setting', standing(boomi), { ...kept, settings: { ...kept.settings, processId: 'q' } }, true],
    ['not by the same', standing(boomi), kept, false],
    ['not by a new signing secret', standing(webhook), webhook, false],
    ['not by a status address', standing(webhook), { ...webhook, statusUrl: 'https://a.example/' }, false],
  ])('%s', (_name, before, after, expected) => {
    expect(isRedirected(before, after)).toBe(expected);
  });
});
