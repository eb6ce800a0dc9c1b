import { describe, expect, it } from '@jest/globals';
import { calendarsOf, projectAll } from '@throughline/lineage';
import { drawMoney } from './draw-lineage.js';
import { type WebhookSignal, mapWebhookSignal } from './webhook-signal.js';

const RECEIVED_ON = '2026-10-03';

function record(source: string, body: Record<string, unknown>): WebhookSignal {
  const headers = { 'content-type': 'application/json' };
  return { name: JSON.stringify(body).slice(0, 80), protocol: 'webhook', source, headers, body: JSON.stringify(body) };
}

async function moneyOf(records: readonly WebhookSignal[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const activities = (await Promise.all(records.map((one) => mapWebhookSignal(one, RECEIVED_ON)))).flat();
  return drawMoney(projectAll(activities, [], calendarsOf([])), activities);
}

const inPayout = (id: string, category: string, source: string, cents: { amount: number; fee: number }) =>
  record('stripe', {
    id,
    object: 'balance_transaction',
    amount: cents.amount,
    fee: cents.fee,
    net: cents.amount - cents.fee,
    automatic_payout_id: 'po_1',
    currency: 'usd',
    created: 1_790_000_000,
    reporting_category: category,
    source,
    status: 'available',
  });
const payout = (amount: number) =>
  record('stripe', {
    id: 'po_1',
    object: 'payout',
    amount,
    currency: 'usd',
    created: 1_790_080_000,
    status: 'paid',
  });

describe('a payout as Stripe itemises it', () => {
  const sold = [
    inPayout('txn_a', 'charge', 'ch_A', { amount: 10_000, fee: 320 }),
    inPayout('txn_b', 'charge', 'ch_B', { amount: 5_000, fee: 175 }),
  ];

  it('is net of the fees that Stripe keeps: 96.80 + 48.25 = 145.05', async () => {
    expect(await moneyOf([...sold, payout(14_505)])).toMatchObject({
      'payment txn_a': ['in 0.00 USD, unapplied 100.00', 'out 96.80 USD + fee 3.20, balanced'],
      'payment txn_b': ['in 0.00 USD, unapplied 50.00', 'out 48.25 USD + fee 1.75, balanced'],
      'settlement po_1': ['in 145.05 USD, balanced', 'out 0.00 USD, open 145.05'],
    });
  });

  it('is less what was refunded out of it: 145.05 − 25.00 = 120.05', async () => {
    const refund = inPayout('txn_r', 'refund', 're_1', { amount: -2_500, fee: 0 });
    expect(await moneyOf([...sold, refund, payout(12_005)])).toMatchObject({
      'settlement po_1': ['in 120.05 USD, balanced', 'out 0.00 USD, open 120.05'],
    });
  });
});

describe('a customer item that SAP clears', () => {
  const billed = record('sap-s4hana', {
    type: 'sap.s4.beh.billingdocument.v1.BillingDocument.Created.v1',
    specversion: '1.0',
    source: '/default/sap.s4.beh/ER9CLNT001',
    id: '11111111-0000-0000-0000-000000000001',
    time: '2026-05-02T09:20:00Z',
    data: {
      BillingDocument: '0090000113',
      SDDocumentCategory: 'M',
      AccountingPostingStatus: 'C',
      TotalGrossAmount: '1000.10',
      TransactionCurrency: 'EUR',
      CompanyCode: 'DE10',
    },
  });
  const cleared = (discount?: string) =>
    record('sap-s4hana', {
      d: {
        __metadata: { type: 'API_OPLACCTGDOCITEMCUBE_SRV.A_OperationalAcctgDocItemCubeType' },
        CompanyCode: 'DE10',
        FiscalYear: '2026',
        FinancialAccountType: 'D',
        BillingDocument: '0090000113',
        AmountInTransactionCurrency: '1000.10',
        TransactionCurrency: 'EUR',
        ClearingJournalEntry: '1400000007',
        ClearingDate: '2026-05-20',
        LastChangeDateTime: '2026-05-20T10:00:00Z',
        ...(discount !== undefined && { CashDiscountAmtInTransacCrcy: discount }),
      },
    });

  const invoiceIn = async (...records: WebhookSignal[]) => (await moneyOf(records))['invoice 90000113'];

  it('was open before', async () => {
    expect(await invoiceIn(billed)).toEqual(['out 0.00 EUR, open 1000.10']);
  });

  it.each([
    ['a cash discount', '20.05'],
    ['one with a minus, as SAP signs credits', '-20.05'],
  ])('leaves nothing of its invoice with %s, which does not go on: 980.05 + 20.05', async (_name, discount) => {
    expect(await invoiceIn(billed, cleared(discount))).toEqual(['out 980.05 EUR + cash-discount 20.05, balanced']);
  });

  it.each([
    ['without one', undefined],
    ['with one of zero', '0.00'],
  ])('has nothing to explain %s', async (_name, discount) => {
    expect(await invoiceIn(billed, cleared(discount))).toBeUndefined();
  });
});
