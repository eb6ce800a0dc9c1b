import { searchKey } from '@throughline/canonical';
import { PERIOD_ATTRIBUTES, periodStandings } from '@throughline/lineage';
import { monthOfPeriod } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { readAttributeStatements } from '../lineage/index.js';
import {
  evaluatePredicate,
  type KeyedObject,
  type PeriodFact,
  type Predicate,
  type PredicateFacts,
  type Verdict,
} from './domain/predicate.js';

/** A number that so many objects of one type have says nothing about any of them. */
const MOST_OBJECTS_OF_KEY = 20;

/** A predicate as an exception of this legal entity waits for it. */
export type AskedPredicate = { predicate: Predicate; legalEntity: string | null };

/** The facts that these predicates ask for: as many statements for one as for hundreds. */
export async function loadPredicateFacts(tx: Tx, asked: readonly AskedPredicate[]): Promise<PredicateFacts> {
  const predicates = asked.map(({ predicate }) => predicate);
  const periods = predicates.filter((one) => one.kind === 'posting-period-open');
  const [names] = await tx.query<{ entities: string[]; systems: string[] }>(
    `select array(select code from legal_entity where tenant_id = $1 and code = any($2::text[])) as entities,
            array(select name from source_system where tenant_id = $1 and name = any($3::text[])) as systems`,
    [
      tx.tenantId,
      periods.map((one) => one.legalEntity),
      predicates.flatMap((one) => (one.kind === 'customer-mapped' ? [one.system] : [])),
    ],
  );
  return {
    legalEntities: new Set(names?.entities),
    systems: new Set(names?.systems),
    periods: await loadPeriods(tx, periods),
    objects: await loadObjects(tx, asked.flatMap(keyOf)),
  };
}

/** Whether the predicate holds for each of these legal entities, and why not. */
export async function evaluateFor(
  tx: Tx,
  predicate: Predicate,
  legalEntities: readonly (string | null)[],
): Promise<Map<string | null, Verdict>> {
  const entities = [...new Set(legalEntities)];
  const facts = await loadPredicateFacts(
    tx,
    entities.map((legalEntity) => ({ predicate, legalEntity })),
  );
  return new Map(entities.map((legalEntity) => [legalEntity, evaluatePredicate(predicate, facts, legalEntity)]));
}

type AskedKey = { type: string; searchKey: string; legalEntity: string | null };

function keyOf({ predicate, legalEntity }: AskedPredicate): AskedKey[] {
  if (predicate.kind === 'posting-period-open') {
    return [];
  }
  const key = searchKey(predicate.key);
  if (key === '') return [];
  return predicate.kind === 'customer-mapped'
    ? [{ type: 'customer', searchKey: key, legalEntity: null }]
    : [{ type: predicate.type, searchKey: key, legalEntity }];
}

/** Where posting periods of legal entities stand, in every ledger that tells of them. */
export async function loadPeriods(
  tx: Tx,
  asked: readonly { legalEntity: string; period: string }[],
): Promise<PeriodFact[]> {
  if (asked.length === 0) {
    return [];
  }
  const rows = await tx.query<{ objectId: string; legalEntity: string; ledger: string | null; period: string | null }>(
    `select object_id as "objectId", legal_entity as "legalEntity", attributes ->> $3 as ledger, attributes ->> $4 as period
     from business_object
     where tenant_id = $1 and type = 'accounting-period' and legal_entity = any($2::text[]) order by object_id`,
    [tx.tenantId, asked.map((one) => one.legalEntity), PERIOD_ATTRIBUTES.ledger, PERIOD_ATTRIBUTES.period],
  );
  const wanted = new Set(asked.map(({ legalEntity, period }) => placeOf(legalEntity, period)));
  const found = rows.filter(({ legalEntity, period }) => wanted.has(placeOf(legalEntity, period ?? '')));
  const statements = await readAttributeStatements(
    tx,
    found.map((row) => row.objectId),
    { onlySubject: true },
  );
  return found.map(({ objectId, legalEntity, ledger, period }) => ({
    legalEntity,
    ledger: ledger ?? '',
    period: period ?? '',
    standings: periodStandings(statements.get(objectId) ?? []),
  }));
}

function placeOf(legalEntity: string, period: string): string {
  const month = monthOfPeriod(period);
  return `${legalEntity} ${month?.year}-${month?.month}`;
}

async function loadObjects(tx: Tx, asked: readonly AskedKey[]): Promise<KeyedObject[]> {
  if (asked.length === 0) {
    return [];
  }
  return tx.query<KeyedObject>(
    `with asked as (
       select distinct type, "searchKey", "legalEntity"
       from jsonb_to_recordset($2::jsonb) as r(type text collate "C", "searchKey" text collate "C", "legalEntity" text collate "C")
     )
     select asked.type, asked."searchKey", found.legal_entity as "legalEntity", found.is_placeholder as "isPlaceholder",
            array(select distinct a.system from object_alias a
                  where a.tenant_id = $1 and a.object_id = found.object_id and exists (
                    select from alias_statement s
                    where s.tenant_id = $1 and s.alias_id = a.alias_id and s.outcome = 'success')) as systems,
            exists (
              select from object_alias a
              join alias_statement s on s.tenant_id = $1 and s.alias_id = a.alias_id and s.is_subject and s.outcome = 'success'
                and s.activity_type = asked.type || '.posted'
              where a.tenant_id = $1 and a.object_id = found.object_id) as "isPosted"
     from asked
     cross join lateral (
       select b.object_id, b.is_placeholder, b.legal_entity
       from (
         select distinct a.object_id from object_alias a where a.tenant_id = $1 and a.search_key = asked."searchKey"
       ) a
       join business_object b on b.tenant_id = $1 and b.object_id = a.object_id and b.type = asked.type
         and (b.legal_entity is null or asked."legalEntity" is null or b.legal_entity = asked."legalEntity")
       order by b.object_id limit ${MOST_OBJECTS_OF_KEY}
     ) found`,
    [tx.tenantId, JSON.stringify(asked)],
  );
}
