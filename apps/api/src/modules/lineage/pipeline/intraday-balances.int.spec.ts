import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { newPipelineBench } from './testing/pipeline-bench.js';
import { storeRawSignals } from './testing/store-raw-signals.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

type Balance = [day: string, type: string, amount: number, source: string, updatedAt: string];
const CLOSING: Balance = ['2026-10-01', 'CLOSING_LEDGER', 100, 'BANK_STATEMENT', '2026-10-02T05:30:00Z'];
const SAME_DAY: Balance = ['2026-10-01', 'INTRADAY', 90, 'BANK', '2026-10-01T15:00:00Z'];
const SAME_DAY_LATE: Balance = ['2026-10-01', 'INTRADAY', 95, 'BANK', '2026-10-02T06:00:00Z'];
const AS_CLOSING: Balance = ['2026-10-01', 'CLOSING_LEDGER', 91, 'INTRADAY', '2026-10-02T07:00:00Z'];
const NEXT_DAY: Balance = ['2026-10-02', 'INTRADAY', 120, 'BANK', '2026-10-02T09:00:00Z'];
const NEXT_DAY_LATER: Balance = ['2026-10-02', 'INTRADAY', 130, 'BANK', '2026-10-02T11:00:00Z'];
const RESTATED: Balance = ['2026-10-01', 'CLOSING_LEDGER', 110, 'BANK_STATEMENT', '2026-10-02T09:00:00Z'];
const EVENING_AFTER: Balance = ['2026-10-01', 'INTRADAY', 96, 'BANK', '2026-10-02T23:00:00Z'];
const NIGHT_AFTER: Balance = ['2026-10-01', 'INTRADAY', 97, 'BANK', '2026-10-03T01:00:00Z'];
const BY_VALUE_DATE: Balance = ['2026-10-01', 'CLOSING_VALUE_DATE', 70, 'BANK_STATEMENT', '2026-10-02T08:30:00Z'];
const AVAILABLE: Balance = ['2026-10-01', 'CLOSING_AVAILABLE', 60, 'BANK_STATEMENT', '2026-10-02T08:31:00Z'];
const ENTERED: Balance = ['2026-10-03', 'CLOSING_LEDGER', 999, 'MANUAL', '2026-10-03T11:00:00Z'];

describe('balances of the day beside closing balances', () => {
  it.each<[string, Balance[], string, string | undefined]>([
    ['a closing balance alone', [CLOSING], '100.00', '100.00'],
    ['one of the same day', [SAME_DAY, CLOSING], '100.00', '100.00'],
    ['one of the same day that was updated after it', [CLOSING, SAME_DAY_LATE], '100.00', '100.00'],
    ['one of the day that is sent as a closing balance', [CLOSING, AS_CLOSING], '100.00', '100.00'],
    ['those of the next day, the latest of which counts', [CLOSING, NEXT_DAY, NEXT_DAY_LATER], '130.00', '100.00'],
    ['those of one day alone', [SAME_DAY, SAME_DAY_LATE], '95.00', undefined],
    ['a closing balance that the bank states anew', [CLOSING, RESTATED], '110.00', '110.00'],
    ['those of one day that are told days later', [SAME_DAY_LATE, EVENING_AFTER, NIGHT_AFTER], '97.00', undefined],
    ['those by value date and of what is available', [CLOSING, BY_VALUE_DATE, AVAILABLE], '100.00', '100.00'],
    ['what a person entered', [CLOSING, ENTERED], '100.00', '100.00'],
  ])('%s: the present position and the closing one, in any order', async (_name, balances, present, closing) => {
    for (const order of [balances, balances.toReversed()]) {
      const bench = await newPipelineBench(db);
      for (const [balanceDate, balanceType, amount, source, lastUpdateDate] of order) {
        const body = {
          uuid: randomUUID(),
          account: { code: 'DE10', uuid: 'a' },
          company: { code: 'DE10' },
          currency: { code: 'EUR' },
          ...{ balanceDate, balanceType, amount, source, lastUpdateDate },
        };
        await bench.inTenant((tx) =>
          storeRawSignals(tx, [
            { externalId: body.uuid, sourceSystem: 'kyriba', sourceKind: 'kyriba', type: 'cash-balance', body },
          ]),
        );
        await bench.settle();
      }
      const positions = await bench.inTenant((tx) =>
        tx.query<{ kind: string; scope: string; value: string; amount: string }>(
          `select a.kind, a.scope, a.value, b.amount from object_alias a
           join business_object b on b.tenant_id = $1 and b.object_id = a.object_id
           where a.tenant_id = $1 and b.type = 'cash-position'`,
          [tx.tenantId],
        ),
      );
      const amountOf = (kind: string, scope: string, value: string) =>
        positions.find((one) => one.kind === kind && one.scope === scope && one.value === value)?.amount;
      expect(amountOf('account-present', 'LEDGER', 'DE10/EUR')).toBe(present);
      expect(amountOf('account-value-date', 'CLOSING_LEDGER', 'DE10/EUR/2026-10-01')).toBe(closing);
    }
  });
});
