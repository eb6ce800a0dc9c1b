import { fromMinorUnits, toMinorUnits, type Money } from '@throughline/canonical';
import { ibanOf } from './iban.js';
import { legalEntity, type Customer } from './legal-entities.js';
import { seededRandom, type SeededRandom } from './seeded-random.js';

/** When the payment is applied to the invoice: in time, after the rule ran out, or not at all. */
export type Application = 'on-time' | 'late' | 'never';

/** What is fixed when an order comes into being; everything else about it is drawn from the seed and its number. */
export type OrderBrief = {
  sequence: number;
  /** Calendar year of the contract, part of its numbers. */
  year: number;
  legalEntity: string;
  sellingUnit: string;
  application: Application;
  /** Decimal text; without it the amount is drawn. */
  amount?: string;
};

/** An order with all numbers that the systems of the estate will know it by. */
export type Order = OrderBrief & {
  amount: string;
  currency: string;
  customer: Customer;
  region: string;
  contractNumber: string;
  /** Salesforce. */
  orderNumber: string;
  /** SAP S/4HANA. */
  salesOrder: string;
  billingDocument: string;
  /** Kyriba. */
  paymentReference: string;
  bankEntry: string;
  payload: OrderPayload;
};

/** The message that the middleware carries from Salesforce to SAP S/4HANA. */
export type OrderPayload = {
  orderNumber: string;
  contractNumber: string;
  sellingUnit: string;
  soldTo: { customerNumber: string; name: string; country: string };
  currency: string;
  totalAmount: string;
  paymentTerms: string;
  items: { position: number; material: string; quantity: number; amount: string }[];
  refundAccount: { holder: string; iban?: string; accountNumber?: string; bic: string };
};

const MATERIALS = ['CNV-200', 'PMP-515', 'GBX-042', 'CTL-880', 'SRV-100', 'VLV-330', 'MOT-075', 'FLT-610'] as const;
const TERMS = ['14 days net', '30 days net', '10 days 2 %, 30 days net'] as const;
const REGIONS: Record<string, string> = { DE01: 'EMEA', US01: 'NA', BR01: 'LATAM', SG01: 'APAC' };

/** The whole order of a brief: the same seed and brief always give the same order. */
export function orderOf(seed: string, brief: OrderBrief): Order {
  const entity = legalEntity(brief.legalEntity);
  const random = seededRandom(seed, 'order', brief.sequence);
  const customer = random.pick(entity.customers);
  // squared draw: many small orders, few large ones
  const drawn =
    entity.amounts.lowest + Math.floor(random.fraction() ** 2.4 * (entity.amounts.highest - entity.amounts.lowest));
  const amount = brief.amount ?? fromMinorUnits(BigInt(drawn), entity.currency).amount;
  const number = String(brief.sequence).padStart(6, '0');
  const contractNumber = `C-${String(brief.year)}-${number}`;
  const orderNumber = `SO-${String(brief.year)}-${number}`;
  return {
    ...brief,
    amount,
    currency: entity.currency,
    customer,
    region: REGIONS[entity.code] ?? 'EMEA',
    contractNumber,
    orderNumber,
    salesOrder: String(4_500_000_000 + brief.sequence),
    billingDocument: String(90_000_000 + brief.sequence).padStart(10, '0'),
    paymentReference: `PAY-${String(brief.year)}-${number}`,
    bankEntry: `BE-${String(brief.year)}-${number}`,
    payload: {
      orderNumber,
      contractNumber,
      sellingUnit: brief.sellingUnit,
      soldTo: { customerNumber: customer.number, name: customer.name, country: customer.country },
      currency: entity.currency,
      totalAmount: amount,
      paymentTerms: random.pick(TERMS),
      items: itemsOf({ amount, currency: entity.currency }, random),
      refundAccount: refundAccountOf(customer, random.integer(1, 999_999_999)),
    },
  };
}

/** Positions whose amounts add up to the total, the last one taking what the division leaves. */
function itemsOf(total: Money, random: SeededRandom): OrderPayload['items'] {
  const count = random.integer(1, 3);
  const minorUnits = toMinorUnits(total);
  const share = minorUnits / BigInt(count);
  return Array.from({ length: count }, (_, position) => ({
    position: (position + 1) * 10,
    material: random.pick(MATERIALS),
    quantity: random.integer(1, 40),
    amount: fromMinorUnits(position === count - 1 ? minorUnits - share * BigInt(count - 1) : share, total.currency)
      .amount,
  }));
}

/** Germany and Brazil have IBANs; the United States and Singapore use plain account numbers. All are made up. */
function refundAccountOf(customer: Customer, account: number): OrderPayload['refundAccount'] {
  const digits = String(account).padStart(10, '0');
  switch (customer.country) {
    case 'DE':
      return { holder: customer.name, iban: ibanOf('DE', `99990000${digits}`), bic: 'RHHBDEFFXXX' };
    case 'BR':
      return { holder: customer.name, iban: ibanOf('BR', `9999000000001${digits}C1`), bic: 'BPLTBRSPXXX' };
    default:
      return {
        holder: customer.name,
        accountNumber: digits,
        bic: customer.country === 'US' ? 'FHBKUS33XXX' : 'STCBSGSGXXX',
      };
  }
}
