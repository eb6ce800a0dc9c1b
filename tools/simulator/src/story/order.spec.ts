import { describe, expect, it } from '@jest/globals';
import { isIban, maskPayload, sumMoney } from '@throughline/canonical';
import { LEGAL_ENTITIES } from './legal-entities.js';
import { orderOf, type OrderBrief } from './order.js';

const brief = (sequence: number, legalEntity: string, more: Partial<OrderBrief> = {}): OrderBrief => ({
  sequence,
  year: 2026,
  legalEntity,
  sellingUnit: 'DE01-BREMEN',
  application: 'on-time',
  ...more,
});
const orders = LEGAL_ENTITIES.flatMap((entity) =>
  Array.from({ length: 60 }, (_, index) => orderOf('seed', brief(2_000 + index, entity.code))),
);

describe('an order', () => {
  it('is the same for the same seed and brief', () => {
    expect(orderOf('seed', brief(1, 'DE01'))).toEqual(orderOf('seed', brief(1, 'DE01')));
  });

  it('has the currency of its entity and an amount as decimal text', () => {
    for (const order of orders) {
      expect(order.currency).toBe(LEGAL_ENTITIES.find((entity) => entity.code === order.legalEntity)?.currency);
      expect(order.amount).toMatch(/^\d+\.\d{2}$/);
    }
    expect(new Set(orders.map((order) => order.currency))).toEqual(new Set(['EUR', 'USD', 'BRL', 'SGD']));
  });

  it('keeps a wished amount', () => {
    expect(orderOf('seed', brief(1, 'SG01', { amount: '1234.50' })).payload.totalAmount).toBe('1234.50');
  });

  it('has items that add up to its amount', () => {
    for (const { payload, currency, amount } of orders) {
      const items = payload.items.map((item) => ({ amount: item.amount, currency }));
      expect(sumMoney(items, currency).amount).toBe(amount);
    }
  });

  it('carries IBANs with valid check digits where the country has them', () => {
    const ibans = orders.map((order) => order.payload.refundAccount.iban).filter((iban) => iban !== undefined);
    expect(ibans.length).toBe(120);
    expect(ibans.every(isIban)).toBe(true);
  });

  it('has an account that masking finds, and a customer number that it leaves alone', () => {
    for (const { payload } of orders) {
      const masked = JSON.stringify(maskPayload(payload).value);
      expect(masked).not.toContain(payload.refundAccount.iban ?? payload.refundAccount.accountNumber);
      expect(masked).toContain(payload.soldTo.customerNumber);
    }
  });
});
