import { describe, expect, it } from '@jest/globals';
import { escalationTellings, type Policy } from './policy-match.js';

const policy = (policyId: string, channelId: string, taxonomies: string[] = []): Policy => ({
  policyId,
  name: policyId,
  channelId,
  taxonomies,
});
const CASH = { taxonomy: 'cash-and-payment.rejected-by-bank' };

describe('an escalation is told', () => {
  it.each<[string, Policy[], string[]]>([
    ['to nobody where there is no policy', [], []],
    ['once to a channel, whatever policies lead there', [policy('a', 'one'), policy('b', 'one')], ['a']],
    ['to each channel', [policy('a', 'one'), policy('b', 'two')], ['a', 'b']],
    [
      'by the first policy that wants it',
      [policy('a', 'one', ['tax']), policy('b', 'one', ['cash-and-payment'])],
      ['b'],
    ],
    ['to no channel whose policies want something else', [policy('a', 'one', ['platform'])], []],
  ])('%s', (_name, policies, expected) => {
    expect(escalationTellings(policies, [CASH]).map((told) => told.policy.policyId)).toEqual(expected);
  });
});
