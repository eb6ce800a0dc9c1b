import type { TransactionListCase } from '@throughline/persistence/testing';

/** A statement, and its parameters behind the tenant's id. */
export type Statement = { text: string; values: unknown[] };

type Range = { from?: string; to?: string };
type Add = (value: unknown) => string;

/** A count ends here: beyond it nobody wants it exact. */
const COUNTED = 10_001;
const HOUR_MS = 3_600_000;
/** Countries of the regions that are asked for. */
const ENTITIES_OF: Readonly<Record<string, string[]>> = { APAC: ['SG01'] };

/**
 * A page and its count, by SQL as one would write it for this combination alone: all conditions of the filter, in one statement
 * each, and the planner finds its way.
 */
export function listByHand({ filter, orderBy }: TransactionListCase, now: Date, page: number): Statement[] {
  const column = orderBy === 'STARTED_DESC' ? 'started_at' : 'last_occurred_at';
  const statement = (select: string, rest: string): Statement => {
    const values: unknown[] = [];
    const add = (value: unknown) => `$${values.push(value) + 1}`;
    const conditions = Object.entries(filter).flatMap(([name, value]) => conditionsOf(name, value, now, add));
    return { text: `${select} where ${['t.tenant_id = $1', ...conditions].join(' and ')} ${rest}`, values };
  };
  const counted = statement('select 1 from business_transaction t', `limit ${COUNTED}`);
  return [
    statement(
      `select t.*, b.type, b.key from business_transaction t
       join business_object b on b.tenant_id = $1 and b.object_id = t.anchor_object_id`,
      `order by t.${column} desc, t.transaction_id desc limit ${page}`,
    ),
    { ...counted, text: `select count(*) from (${counted.text}) counted` },
  ];
}

function conditionsOf(name: string, value: unknown, now: Date, add: Add): string[] {
  const known = CONDITIONS[name];
  if (known === undefined) throw new Error(`a filter that nobody wrote by hand: ${name}`);
  return known(value, add, now);
}

const CONDITIONS: Readonly<Record<string, (value: unknown, add: Add, now: Date) => string[]>> = {
  workflows: (names, add) => [`t.workflow = any(${add(names)}::text[])`],
  legalEntities: (codes, add) => [`t.legal_entity = any(${add(codes)}::text[])`],
  regions: (regions, add) => {
    const codes = (regions as string[]).flatMap((region) => ENTITIES_OF[region] ?? []);
    return [`t.legal_entity = any(${add(codes)}::text[])`];
  },
  currencies: (codes, add) => [`t.currency = any(${add(codes)}::text[])`],
  amount: (range, add) => within('t.amount', range as Range, 'numeric', add),
  startedAt: (range, add) => within('t.started_at', range as Range, 'timestamptz', add),
  minAgeHours: (hours, add, now) => [
    `t.started_at <= ${add(new Date(now.getTime() - Number(hours) * HOUR_MS).toISOString())}::timestamptz`,
  ],
  counterparty: (start, add) => [
    `t.counterparty_folded >= ${add(start)}::text`,
    `t.counterparty_folded < ${add(`${String(start)}\u{10ffff}`)}::text`,
  ],
  states: (states) => [`(${(states as string[]).map((state) => `(${STATES[state] ?? 'false'})`).join(' or ')})`],
  milestones: (milestones, add) =>
    (milestones as { name: string; standing: string }[]).map(
      ({ name, standing }) => `exists (select 1 from milestone m
        where m.tenant_id = $1 and m.transaction_id = t.transaction_id and m.name = ${add(name)}::text
          and m.reached_at is ${standing === 'REACHED' ? 'not null' : 'null'} ${standing === 'OVERDUE' ? 'and m.due_at < now()' : ''})`,
    ),
  systems: (systems, add) => [
    ofMember(`join object_alias v on v.tenant_id = $1 and v.object_id = o.object_id
              where v.system = any(${add(systems)}::text[])`),
  ],
  bankAccount: (account, add) => [
    ofMember(`join object_alias v on v.tenant_id = $1 and v.object_id = o.object_id
              where v.kind in ('statement-id', 'position', 'account-servicer-reference')
                and starts_with(v.scope, ${add(String(account).replaceAll(' ', ''))}::text)`),
  ],
  postingPeriod: (month, add) => ofDate('posted_on', { from: `${String(month)}-01`, to: `${String(month)}-31` }, add),
  dueOn: (range, add) => ofDate('due_on', range as Range, add),
  valueOn: (range, add) => ofDate('value_on', range as Range, add),
};

const OVERDUE = `exists (select 1 from milestone m where m.tenant_id = $1 and m.transaction_id = t.transaction_id
  and m.reached_at is null and m.rule_kind = 'service' and m.due_at < now())`;
const NEARLY_DUE = `exists (select 1 from milestone m where m.tenant_id = $1 and m.transaction_id = t.transaction_id
  and m.reached_at is null and m.rule_kind = 'service' and m.due_at >= now() and m.due_at - (m.due_at - m.started_at) * 0.2 < now())`;
const EXPECTS = `exists (select 1 from milestone m where m.tenant_id = $1 and m.transaction_id = t.transaction_id
  and m.reached_at is null and m.rule_kind = 'expectation')`;
const BLOCKED = `exists (select 1 from transaction_object o join open_exception_object e on e.tenant_id = $1 and e.object_id = o.object_id
  where o.tenant_id = $1 and o.transaction_id = t.transaction_id and not o.is_hub)`;

/** Those that the clock decides are simpler here than in earnest: what is next in its order, and calendars, are left out. */
const STATES: Readonly<Record<string, string>> = {
  COMPLETED: `t.progress = 'completed'`,
  CANCELLED: `t.progress = 'cancelled'`,
  BLOCKED: `t.progress = 'running' and ${BLOCKED}`,
  LATE: `t.progress = 'running' and ${OVERDUE} and not ${BLOCKED}`,
  AT_RISK: `t.progress = 'running' and ${NEARLY_DUE} and not ${OVERDUE} and not ${BLOCKED}`,
  WAITING: `t.progress = 'running' and ${EXPECTS} and not ${NEARLY_DUE} and not ${OVERDUE} and not ${BLOCKED}`,
  RUNNING: `t.progress = 'running' and not ${EXPECTS} and not ${NEARLY_DUE} and not ${OVERDUE} and not ${BLOCKED}`,
};

function within(column: string, { from, to }: Range, type: string, add: Add): string[] {
  return [
    ...(from === undefined ? [] : [`${column} >= ${add(from)}::${type}`]),
    ...(to === undefined ? [] : [`${column} <= ${add(to)}::${type}`]),
  ];
}

function ofDate(column: string, range: Range, add: Add): string[] {
  return [
    ofMember(
      `join business_object b on b.tenant_id = $1 and b.object_id = o.object_id and not o.is_hub
       where ${within(`b.${column}`, range, 'text', add).join(' and ')}`,
    ),
  ];
}

function ofMember(joined: string): string {
  return `t.transaction_id in (select o.transaction_id from transaction_object o ${joined} and o.tenant_id = $1)`;
}
