import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import type { ScenarioSignal } from '@throughline/scenarios';
import { newPipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { createExceptionsConsumer } from './index.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** A statement of one entry of less than EUR 100; `reference` is that of the sending. */
const statement = (reference: string, amount: string, receivedAt: string): ScenarioSignal => ({
  name: `statement ${reference}`,
  protocol: 'file',
  headers: {},
  format: 'mt940',
  source: 'house-bank',
  fileName: `${reference}.sta`,
  receivedAt,
  body: [
    `:20:${reference}`,
    ':25:50880050/0194787400888',
    ':28C:00004/00001',
    ':60F:C260903EUR1000,00',
    `:61:2609030903CR${amount}NTRFNONREF//B-1`,
    ':86:166?00GUTSCHRIFT?20Rechnung 4711',
    `:62F:C260903EUR10${amount}`,
    '-',
    '',
  ].join('\r\n'),
});
const FIRST = statement('A1', '50,00', '2026-09-04T06:00:00Z');
const AGAIN = statement('A2', '50,00', '2026-09-04T07:00:00Z');
const CHANGED = statement('A3', '70,00', '2026-09-05T06:00:00Z');

describe('a bank statement that comes again', () => {
  const told = async (...signals: ScenarioSignal[]) => {
    const bench = await newPipelineBench(db);
    for (const signal of signals) {
      await bench.store([signal]);
      await bench.settle();
      await bench.tell(createExceptionsConsumer({ clock: () => new Date() }));
    }
    expect(await bench.read()).toEqual(bench.inMemory(signals));
    const rows = await bench.inTenant((tx) =>
      tx.query<{ title: string; message: string; taxonomy: string }>(
        `select title, message, taxonomy from exception where tenant_id = $1 and taxonomy = 'data-quality.differing-content'`,
        [tx.tenantId],
      ),
    );
    const { objects } = await bench.read();
    return { rows, entries: objects.filter(({ type }) => type === 'bank-entry').length };
  };

  it('with the same content, under another reference, changes nothing', async () => {
    expect(await told(FIRST, AGAIN)).toEqual({ rows: [], entries: 1 });
  });

  it.each([
    ['after it', [FIRST, CHANGED]],
    ['before it', [CHANGED, FIRST]],
  ])(
    'with other content, %s, is an exception that names both files, and the entries of both are kept',
    async (_name, signals) => {
      const { rows, entries } = await told(...signals);
      expect(rows).toMatchObject([
        {
          title: expect.stringMatching(/^A statement came again with other content — bank statement /),
          message: expect.stringMatching(/^Page 1 does not say the same in file [0-9a-f-]{36}, file [0-9a-f-]{36}\./),
        },
      ]);
      expect(entries).toBe(2);
    },
  );
});
