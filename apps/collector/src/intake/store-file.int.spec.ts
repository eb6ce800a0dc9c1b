import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { post, type Answer } from '../testing/signals.js';

const HEADER = 'Load Id,Version,Legal Entity,Cost Center,Account,Period,Amount,Currency,Source Document';
const csv = (load: string, rows: number): string =>
  [HEADER, ...Array.from({ length: rows }, (_, at) => `${load},V,DE10,CC-1,400000,2024-04,1.50,EUR,INV-${at}`)].join(
    '\n',
  );

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness({ proxied: true });
});
afterAll(() => harness.close());

const send = (load: string, rows: number): Promise<Answer> =>
  post(`${harness.httpUrl}/v1/files/csv?layout=pigment-actuals`, csv(load, rows), { 'content-type': 'text/csv' });
const records = async (): Promise<number> =>
  Number((await harness.rows<{ count: string }>('select count(*) from signal where tenant_id = $1'))[0]!.count);

describe('a file whose storing fails', () => {
  it('is told to come again, leaves nothing, and is whole the second time', async () => {
    expect((await send('first', 1)).status).toBe(200);
    const before = await records();
    const sending = send('second', 20_000);
    await new Promise((resolve) => setTimeout(resolve, 400));
    harness.proxy!.cut();
    const failed = await sending;
    harness.proxy!.mend();
    if (failed.status !== 200) {
      expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
      expect(await records()).toBe(before);
    }
    let again = await send('second', 20_000);
    for (let turn = 0; again.status === 503 && turn < 20; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      again = await send('second', 20_000);
    }
    expect(again.json()).toMatchObject({ records: 20_000 });
    expect(await records()).toBe(before + 20_001);
  }, 60_000);
});

describe('redaction', () => {
  it('reaches every record before it is stored, and what is told of the file', async () => {
    const redacted = await startCollectorHarness();
    try {
      await redacted.test.database.withTenant(redacted.tenantId, (tx) =>
        tx.query(
          `insert into redaction_rule (tenant_id, rule_id, path, action, created_at) values
            ($1, $2, '/record/Source Document', 'drop', now()), ($1, $3, '/context/header/rows', 'mask', now())`,
          [redacted.tenantId, randomUUID(), randomUUID()],
        ),
      );
      const url = `${redacted.httpUrl}/v1/files/csv?layout=pigment-actuals`;
      expect((await post(url, csv('hidden', 3), { 'content-type': 'text/csv' })).status).toBe(200);
      const bodies = await redacted.rows<{ body: Buffer }>(
        `select body from signal where tenant_id = $1 and type = 'csv.row' order by record_no`,
      );
      expect(bodies).toHaveLength(3);
      for (const { body } of bodies) {
        expect(body.toString()).toContain('"Load Id":"hidden"');
        expect(body.toString()).not.toContain('INV-');
      }
      const [file] = await redacted.rows<{ header: Record<string, unknown> }>(
        'select header from received_file where tenant_id = $1',
      );
      expect(file!.header['rows']).not.toBe(3);
    } finally {
      await redacted.close();
    }
  });
});
