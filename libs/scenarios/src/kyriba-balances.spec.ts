import { describe, expect, it } from '@jest/globals';
import { projectAll } from '@throughline/lineage';
import { mapAllSignals } from './scenario-signal.js';
import type { WebhookSignal } from './webhook-signal.js';

type Balance = { source: string; amount: number; lastUpdateDate: string };

const BANK = { source: 'BANK_STATEMENT', amount: 1250000, lastUpdateDate: '2024-05-04T05:31:12Z' };
const ENTERED = { source: 'MANUAL', amount: 1300000, lastUpdateDate: '2024-05-04T09:00:00Z' };

const balance = ({ source, amount, lastUpdateDate }: Balance): WebhookSignal => ({
  name: source,
  protocol: 'webhook',
  source: 'kyriba',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    uuid: `uuid-${source}`,
    account: { uuid: 'a-1', code: 'DE10-EUR-OPS' },
    company: { code: 'DE10' },
    currency: { code: 'EUR' },
    balanceDate: '2024-05-03',
    balanceType: 'CLOSING_LEDGER',
    amount,
    source,
    lastUpdateDate,
  }),
});

const noCalendar = () => {
  throw new RangeError('no workflow asks for a calendar');
};

async function position(...balances: Balance[]) {
  const { objects } = projectAll(await mapAllSignals(balances.map(balance)), [], noCalendar);
  const { amount, attributes } = objects.find(({ type }) => type === 'cash-position')!;
  return { amount: amount?.amount, source: attributes['balanceSource'] };
}

describe('several balances of an account and a day', () => {
  it.each<[string, Balance[], { amount: string; source: string }]>([
    [
      'the bank counts before what was entered later',
      [BANK, ENTERED],
      { amount: '1250000.00', source: 'BANK_STATEMENT' },
    ],
    ['what was entered counts until the bank says so itself', [ENTERED], { amount: '1300000.00', source: 'MANUAL' }],
    [
      'of two of the bank the later one',
      [BANK, { ...BANK, amount: 1250001, lastUpdateDate: '2024-05-04T06:00:00Z' }],
      { amount: '1250001.00', source: 'BANK_STATEMENT' },
    ],
  ])('%s', async (_name, balances, expected) => {
    expect(await position(...balances)).toEqual(expected);
    expect(await position(...balances.toReversed())).toEqual(expected);
  });
});
