import { describe, expect, it } from '@jest/globals';
import { type FileSignal, decodeFile } from './file-signal.js';
import { mapSignals } from './scenario-signal.js';
import { accountOf } from './stories/treasury/bank-accounts.js';
import { mt940File } from './stories/treasury/end-of-day-files.js';

const file = mt940File({
  account: accountOf('SG01', '599'),
  number: '00001',
  openedOn: '2026-10-01',
  closedOn: '2026-10-02',
  opening: '10.00',
  closing: '15.00',
  entries: [{ amount: '5.00', side: 'C', reference: 'R-1', text: 'INTEREST' }],
  receivedAt: '2026-10-03T22:00:00.000Z',
});

describe('a file of a story', () => {
  const idOf = (change: Partial<FileSignal> = {}) => decodeFile({ ...file, ...change }).fileId;

  it('is the same file by source, format and content, whatever its name', () => {
    expect(idOf({ fileName: 'again.sta', receivedAt: '2026-10-04T22:00:00.000Z' })).toBe(idOf());
    expect(idOf({ source: 'sap-s4hana' })).not.toBe(idOf());
    expect(idOf({ body: file.body.replace('INTEREST', 'REFUND') })).not.toBe(idOf());
  });

  it('is mapped record by record: the file, the statement, its positions and its entry', () => {
    expect(mapSignals([file]).map(({ type, occurredAt }) => `${type} ${occurredAt}`)).toEqual([
      'file.received 2026-10-03T22:00:00.000Z',
      'bank-statement.received 2026-10-03T22:00:00.000Z',
      // Booked on a day; the rest is known from when the file arrived.
      'bank-entry.booked 2026-10-02T00:00:00.000Z',
      'cash-position.reported 2026-10-03T22:00:00.000Z',
    ]);
  });

  it('tells of a control total that is not met', () => {
    const [received] = mapSignals([{ ...file, body: file.body.replace('15,00', '16,00') }]);
    expect(received).toMatchObject({
      type: 'file.received',
      outcome: 'failure',
      problem: { taxonomy: 'cash-and-payment.balance-mismatch' },
    });
  });

  it('is refused as a whole where the collector refuses it', () => {
    expect(() => mapSignals([{ ...file, body: file.body.replace(':61:', ':61:X') }])).toThrow(
      'the field :61: is no statement line',
    );
  });
});
