import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { createTestDatabase } from '@throughline/persistence/testing';
import { storeActivities } from './fact-writer.js';
import { createProjectStage } from './project-stage.js';
import { newPipelineBench } from './testing/pipeline-bench.js';
import { type Said, activityOf } from './testing/said-activity.js';

jest.setTimeout(120_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const at = (time: string) => `2026-10-01T${time}:00.000Z`;
const failure: Said = {
  id: 'failed',
  at: at('08:00'),
  type: 'sales-order.rejected',
  objects: [{ type: 'sales-order', names: ['erp1'] }],
  problem: {
    taxonomy: 'data-quality.missing-field',
    discriminators: { field: 'plant' },
    message: 'The field plant is missing',
  },
};
const order = (id: string, time: string, type: string, names = ['erp1']): Said => ({
  id,
  at: at(time),
  type,
  by: 'erp',
  objects: [{ type: 'sales-order', names }],
});

describe('while a workflow is left out', () => {
  it('what it proved overcome stays so, until it fails again or the workflow is in force again', async () => {
    const bench = await newPipelineBench(db);
    const others = bench.workflows.filter(({ provenBy }) => !provenBy.has('salesforce-contract-to-order'));
    expect(others.length).toBeLessThan(bench.workflows.length);
    const log = createLogger({ service: 'test', level: 'silent' });
    const without = createProjectStage(db.database, others, log, () => undefined);
    const tell = async (stage: typeof without, ...said: Said[]) => {
      await bench.inTenant((tx) => storeActivities(tx, said.map(activityOf)));
      while (await stage.run(bench.tenantId));
      const { problems } = await bench.read();
      return problems.map(({ clearedAt, occurrences }) => ({ clearedAt, occurrences }));
    };
    const accepted = order('accepted', '09:00', 'sales-order.accepted');
    expect(await tell(bench.project, failure, accepted)).toEqual([{ clearedAt: at('09:00'), occurrences: 1 }]);

    expect(await tell(without, order('changed', '10:00', 'sales-order.changed'))).toEqual([
      { clearedAt: at('09:00'), occurrences: 1 },
    ]);
    // a further name makes it another object, as the lowest of them stands for it
    const names = ['erp1', ...Array.from({ length: 8 }, (_, index) => `crm${index}`)];
    expect(await tell(without, order('named', '10:05', 'sales-order.changed', names))).toEqual([
      { clearedAt: at('09:00'), occurrences: 1 },
    ]);
    expect(await tell(without, { ...failure, id: 'failed again', at: at('11:00') })).toEqual([
      { clearedAt: null, occurrences: 2 },
    ]);
    const again = order('accepted again', '12:00', 'sales-order.accepted');
    expect(await tell(without, again)).toEqual([{ clearedAt: null, occurrences: 2 }]);

    expect(await tell(bench.project, order('changed again', '13:00', 'sales-order.changed'))).toEqual([
      { clearedAt: at('12:00'), occurrences: 2 },
    ]);
  });
});
