import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertObject, insertOpenException } from '../../testing/projection-rows.js';

const NOW = new Date('2026-11-30T12:00:00Z');

/** An exception as the table states it, named by its hop. */
type Row = {
  band?: string;
  stated?: string;
  integration?: string;
  counterparty?: string;
  minor?: number;
  opened?: string;
  next?: string;
  missed?: string;
  period?: string;
  due?: string;
  statutory?: string;
  reopenings?: number;
  escalated?: boolean;
};

const ROWS: Record<string, Row> = {
  young: {
    opened: '2026-11-30T11:30Z',
    ...{ minor: 123_450, band: 'P1', next: '2026-11-30T12:30Z', period: '2026-11', statutory: 'tax', escalated: true },
  },
  today: {
    opened: '2026-11-30T02:00Z',
    minor: 99_999,
    integration: 'crm-erp',
    next: '2026-11-30T15:00Z',
    reopenings: 2,
  },
  days: { opened: '2026-11-28T13:00Z', counterparty: 'Ångström AB', stated: 'P1', next: '2026-11-30T11:59Z' },
  week: { opened: '2026-11-24T12:00Z', minor: 0, missed: '2026-11-25T12:00Z', due: '2026-11-29', period: '2026-10' },
  month: { opened: '2026-11-10T12:00Z', minor: 10_000_000, next: '2027-01-01T00:00Z', due: '2026-10-30' },
  old: {
    opened: '2026-01-01T00:00Z',
    minor: 5_000,
    band: 'P1',
    stated: 'P3',
    due: '2026-12-10',
    statutory: 'payroll',
    reopenings: 1,
  },
};

const OPEN = ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'];

type Answer = {
  exceptions: {
    totalCount: number;
    totalCountIsEstimate: boolean;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    edges: { node: { hop: string } }[];
  };
};

const LIST = `query ($filter: ExceptionFilter, $orderBy: ExceptionOrder, $first: Int, $after: String) {
  exceptions(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor } edges { node { hop } } totals { count }
  }
}`;

describe('the inbox is narrowed', () => {
  let api: ApiHarness;
  let client: Client;
  let me: string;

  beforeAll(async () => {
    api = await startApi({ clock: () => NOW });
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    me = (await client.ask<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (const [name, row] of Object.entries(ROWS)) {
        const order = await insertObject(tx, { type: 'sales-order', value: `SO-${name}` });
        const id = await insertOpenException(tx, order, name);
        await tx.query(
          `update exception set priority_band = $3, stated_band = $4, integration = $5, counterparty = $6, counterparty_folded = lower($6),
             reporting_minor = $7, opened_at = $8, next_due_at = $9, missed_due_at = $10, posting_period = $11, due_on = $12,
             statutory = $13, reopenings = $14, is_escalated = $15
           where tenant_id = $1 and exception_id = $2`,
          [
            tx.tenantId,
            id,
            row.band ?? 'P4',
            row.stated ?? null,
            row.integration ?? 'erp-bank',
            row.counterparty ?? null,
            row.minor ?? null,
            row.opened,
            row.next ?? null,
            row.missed ?? null,
            row.period ?? null,
            row.due ?? null,
            row.statutory ?? null,
            row.reopenings ?? 0,
            row.escalated ?? false,
          ],
        );
      }
    });
  });
  afterAll(() => api.close());

  it.each<[string, Record<string, unknown>, string[]]>([
    ['by the priority that counts, a person’s before the rated one', { priorities: ['P1'] }, ['days', 'young']],
    ['by an integration', { integrations: ['crm-erp', 'none'] }, ['today']],
    ['by a counterparty in any case', { counterparties: ['ÅNGSTRÖM ab'] }, ['days']],
    ['not by the start of a counterparty', { counterparties: ['ångström'] }, []],
    ['by posting periods', { postingPeriods: ['2026-10', '2026-11'] }, ['week', 'young']],
    ['by an amount from', { amountFrom: '1000' }, ['month', 'young']],
    ['by an amount up to, what is not known in no range', { amountTo: '999.99' }, ['old', 'today', 'week']],
    ['by a range of amounts, its ends included', { amountFrom: '999.99', amountTo: '1234.50' }, ['today', 'young']],
    ['by the youngest age', { ages: ['UNDER_1_HOUR'] }, ['young']],
    ['by ages that are neighbours', { ages: ['HOURS_1_TO_24', 'DAYS_1_TO_3'] }, ['days', 'today']],
    ['by ages that are apart', { ages: ['OVER_30_DAYS', 'DAYS_3_TO_7'] }, ['old', 'week']],
    ['by no age at all', { ages: [] }, []],
    ['by what is overdue, also since it was last looked at', { cutOffs: ['OVERDUE'] }, ['days', 'week']],
    ['by the next hour', { cutOffs: ['WITHIN_1_HOUR'] }, ['young']],
    ['by the time after it', { cutOffs: ['HOURS_1_TO_4', 'HOURS_4_TO_24'] }, ['today']],
    ['by what is due later, or not at all', { cutOffs: ['LATER', 'NONE'] }, ['month', 'old']],
    ['by days past due', { daysPastDueFrom: 1, daysPastDueTo: 30 }, ['week']],
    ['by days past due without an end', { daysPastDueFrom: 1 }, ['month', 'week']],
    ['by a due date that lies ahead', { daysPastDueTo: 0 }, ['old']],
    ['by several at once', { priorities: ['P1'], amountFrom: '1', cutOffs: ['WITHIN_1_HOUR'] }, ['young']],
    ['by what was escalated', { isEscalated: true }, ['young']],
    ['by what was not', { isEscalated: false, ages: ['UNDER_1_HOUR', 'OVER_30_DAYS'] }, ['old']],
    ['by what the law or a lender dates', { isStatutory: true }, ['old', 'young']],
    ['by what they do not', { isStatutory: false, priorities: ['P1'] }, ['days']],
    ['by what came again', { isRecurring: true }, ['old', 'today']],
    ['by what came again and is dated', { isRecurring: true, isStatutory: true }, ['old']],
    ['by an amount and a text', { amountTo: '5000', text: 'so-' }, ['old', 'today', 'week', 'young']],
  ])('%s', async (_name, filter, hops) => {
    for (const view of [{}, { states: OPEN }, { states: OPEN, snoozed: false }, { states: ['OPEN', 'RESOLVED'] }]) {
      for (const orderBy of ['PRIORITY_DESC', 'MONEY_DESC', 'OPENED_ASC']) {
        const { exceptions } = await client.ask<Answer>(LIST, { filter: { ...filter, ...view }, orderBy });
        expect(exceptions.edges.map(({ node }) => node.hop).sort()).toEqual(hops);
        expect(exceptions.totalCount).toBe(hops.length);
        expect(exceptions.totalCountIsEstimate).toBe(false);
      }
    }
  });

  it('page by page like the whole list, whatever the order', async () => {
    for (const orderBy of ['PRIORITY_DESC', 'MONEY_DESC', 'OPENED_ASC', 'OPENED_DESC']) {
      const filter = { states: OPEN, priorities: ['P1', 'P4'] };
      const whole = await client.ask<Answer>(LIST, { filter, orderBy });
      const found: string[] = [];
      let after: string | null = null;
      do {
        const { exceptions }: Answer = await client.ask<Answer>(LIST, { filter, orderBy, first: 2, after });
        found.push(...exceptions.edges.map(({ node }) => node.hop));
        after = exceptions.pageInfo.hasNextPage ? exceptions.pageInfo.endCursor : null;
      } while (after !== null);
      expect(found).toEqual(whole.exceptions.edges.map(({ node }) => node.hop));
      expect(found).toHaveLength(5);
    }
  });

  describe('and counted by each filter: a number is what would be listed if its value alone were chosen in its facet', () => {
    type Facets = {
      exceptionFacets: {
        total: number;
        isLowerBound: boolean;
        facets: { name: string; buckets: { value: string; count: number }[] }[];
      };
    };
    const FACETS = `query ($filter: ExceptionFilter) {
      exceptionFacets(filter: $filter) { total isLowerBound facets { name buckets { value count } } }
    }`;

    beforeAll(() =>
      api.test.database.withTenant(api.test.tenantId, async (tx) => {
        const { tenantId } = tx;
        const change = (hop: string, set: string) =>
          tx.query(`update exception set ${set} where tenant_id = $1 and hop = $2`, [tenantId, hop]);
        await change('week', `state = 'IN_PROGRESS', owner_id = '${me}', legal_entity = 'DE01'`);
        await change('old', `owner_id = '${me}', queue = 'tax'`);
        await change('days', `state = 'WAITING', queue = 'tax', owner_id = gen_random_uuid()`);
        await change('today', `legal_entity = 'DE01', taxonomy = 'data-quality.missing-field'`);
        const closed = await insertOpenException(
          tx,
          await insertObject(tx, { type: 'sales-order', value: 'SO-closed' }),
          'closed',
        );
        await tx.query(
          `update exception set state = 'RESOLVED', resolved_at = $3 where tenant_id = $1 and exception_id = $2`,
          [tenantId, closed, NOW],
        );
        await tx.query(
          `insert into exception_snooze (tenant_id, exception_id, until_at, reason, snoozed_by, snoozed_by_name, snoozed_at)
           select $1, exception_id, $2, 'later', $3, 'Ana', $2 from exception where tenant_id = $1 and hop in ('month', 'young')`,
          [tenantId, NOW, me],
        );
      }),
    );

    const range = (value: string) => value.split('..').map((bound) => (bound === '' ? null : bound));
    const amountOf = (minor: string | null | undefined) => (minor ? String(Number(minor) / 100) : null);
    const daysOf = (days: string | null | undefined) => (days ? Number(days) : null);
    const chosen: Record<string, (value: string) => Record<string, unknown>> = {
      STATE: (state) => ({ states: [state] }),
      QUEUE: (queue) => ({ queues: [queue] }),
      OWNER: (owner) => (owner === 'none' ? { unassigned: true, ownerId: null } : { unassigned: null, ownerId: me }),
      PRIORITY: (band) => ({ priorities: [band] }),
      CUT_OFF: (bucket) => ({ cutOffs: [bucket] }),
      AGE: (bucket) => ({ ages: [bucket] }),
      AMOUNT: (value) => ({ amountFrom: amountOf(range(value)[0]), amountTo: amountOf(range(value)[1]) }),
      PAST_DUE: (value) => ({ daysPastDueFrom: daysOf(range(value)[0]), daysPastDueTo: daysOf(range(value)[1]) }),
      LEGAL_ENTITY: (entity) => ({ legalEntities: [entity] }),
      PROBLEM: (code) => ({ taxonomies: [code] }),
      INTEGRATION: (name) => ({ integrations: [name] }),
      POSTING_PERIOD: (period) => ({ postingPeriods: [period] }),
      ESCALATED: () => ({ isEscalated: true }),
      STATUTORY: () => ({ isStatutory: true }),
      RECURRING: () => ({ isRecurring: true }),
    };

    it.each<[string, Record<string, unknown>]>([
      ['nothing is chosen', { states: OPEN }],
      ['snoozed ones are left out', { states: OPEN, snoozed: false }],
      ['a state is chosen', { states: ['OPEN'], snoozed: false }],
      ['a priority and an age', { states: OPEN, priorities: ['P4'], ages: ['HOURS_1_TO_24', 'DAYS_3_TO_7'] }],
      ['a time to the cut-off and an integration', { states: OPEN, cutOffs: ['OVERDUE'], integrations: ['erp-bank'] }],
      ['an amount within a bucket', { states: OPEN, amountFrom: '40', amountTo: '1000' }],
      ['an amount of whole buckets', { states: OPEN, amountTo: '9999.99' }],
      ['days past due', { states: OPEN, daysPastDueFrom: 1 }],
      ['what is nobody’s', { states: OPEN, unassigned: true, priorities: ['P1', 'P4'] }],
      ['what is mine', { states: OPEN, ownerId: 'me', ages: ['OVER_30_DAYS'] }],
      ['a problem that nothing has', { states: OPEN, taxonomies: ['tax'] }],
      ['what the law dates', { states: OPEN, isStatutory: true, snoozed: false }],
      ['what did not come again, whatever the state', { states: ['OPEN', 'RESOLVED'], isRecurring: false }],
      ['a text', { states: OPEN, text: 'SO-', priorities: ['P4'] }],
      ['a counterparty', { states: OPEN, counterparties: ['ångström ab'], ages: ['OVER_30_DAYS'] }],
      ['whatever the state', { states: ['OPEN', 'RESOLVED'], cutOffs: ['OVERDUE', 'LATER'], snoozed: false }],
      ['what is snoozed', { states: OPEN, snoozed: true, priorities: ['P1'] }],
    ])('%s', async (_name, given) => {
      const filter = given['ownerId'] === 'me' ? { ...given, ownerId: me } : given;
      const { exceptionFacets } = await client.ask<Facets>(FACETS, { filter });
      const buckets = exceptionFacets.facets.flatMap(({ name, buckets }) =>
        buckets.map(({ value, count }) => ({ name, value, count })),
      );
      const wanted = [{}, ...buckets.map(({ name, value }) => chosen[name]?.(value))];
      const counted = await client.ask<Record<string, { totalCount: number }>>(
        `query (${wanted.map((_one, index) => `$f${index}: ExceptionFilter`).join(', ')}) {
          ${wanted.map((_one, index) => `c${index}: exceptions(first: 1, filter: $f${index}) { totalCount }`).join('\n')}
        }`,
        Object.fromEntries(wanted.map((one, index) => [`f${index}`, { ...filter, ...one }])),
      );
      expect(exceptionFacets.isLowerBound).toBe(false);
      expect(exceptionFacets.total).toBe(counted['c0']?.totalCount);
      expect(buckets).toEqual(
        buckets.map((bucket, index) => ({ ...bucket, count: counted[`c${index + 1}`]?.totalCount })),
      );
    });
  });

  it('not by what cannot be meant', async () => {
    const { errors } = await client.send(`{ exceptions(filter: { amountFrom: "12,50" }) { totalCount } }`);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('filter.amountFrom'),
      extensions: { code: 'INVALID_INPUT' },
    });
  });
});
