import { hashedUuid, NIL_UUID } from '@throughline/canonical';
import type { Database, Tx } from '@throughline/persistence';
import { recordAudits, type Actor } from '../../audit/index.js';
import { createTenant, hashPassword, insertIngestKey, insertPerson } from '../../identity/index.js';
import { SecretBox } from '@throughline/persistence';
import {
  DEMO_COMPENSATIONS,
  DEMO_CORRECTIONS,
  DEMO_EXCHANGE_RATES,
  DEMO_INGEST_KEY,
  DEMO_INTEGRATIONS,
  DEMO_LEGAL_ENTITIES,
  DEMO_PASSWORD,
  DEMO_PEOPLE,
  DEMO_QUEUE_MEMBERS,
  DEMO_REDACTION_RULES,
  DEMO_REQUEUE_SECRET,
  DEMO_SOURCE_SYSTEMS,
  DEMO_TENANT_ID,
  demoEmail,
} from './demo-estate.js';
import { JOURNEY_INTEGRATIONS } from './journey-integrations.js';

const SEEDER: Actor = { kind: 'system', id: 'demo-seed', name: 'Demo seed' };

/** Something that a run of the seed made or changed. */
type Change = { type: string; id: string };

/** What the demo's addresses and secrets depend on. */
export type DemoSettings = { secretKey: Buffer; simulatorUrl: string; now: Date };

/** Puts the demo's tenant, people, key, catalog, channel and policy in place; what is there already stays as it is. */
export async function seedDemo(database: Database, settings: DemoSettings): Promise<{ changes: number }> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return database.withTenant(DEMO_TENANT_ID, async (tx) => {
    // two starts at once must not both find everything missing
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('demo-seed', 0))`);
    const box = new SecretBox(settings.secretKey);
    const changes = [
      ...(await seedPeople(tx, passwordHash)),
      ...(await seedQueues(tx)),
      ...(await seedEstate(tx, settings.now)),
      ...(await seedExchangeRates(tx, settings.now)),
      ...(await seedIntegrations(tx, box, settings.simulatorUrl)),
      ...(await seedCorrections(tx, settings.now)),
      ...(await seedCompensations(tx, settings.now)),
      ...(await seedAlerting(tx, box, settings.simulatorUrl)),
    ];
    await recordAudits(
      tx,
      changes.map((subject) => ({ at: settings.now, actor: SEEDER, action: 'demo.seeded', subject, details: {} })),
    );
    return { changes: changes.length };
  });
}

async function seedPeople(tx: Tx, passwordHash: string): Promise<Change[]> {
  const changes: Change[] = [];
  if (await createTenant(tx, 'Nordhafen Group', 'demo')) {
    changes.push({ type: 'tenant', id: tx.tenantId });
  }
  for (const { prefix, displayName, role } of DEMO_PEOPLE) {
    const email = demoEmail(prefix);
    const personId = hashedUuid(['person', tx.tenantId, email]);
    if (await insertPerson(tx, { personId, email, displayName, passwordHash, roles: [role] })) {
      changes.push({ type: 'person', id: personId });
    }
  }
  const keyId = hashedUuid(['ingest-key', tx.tenantId, 'demo']);
  if (await insertIngestKey(tx, { keyId, key: DEMO_INGEST_KEY, name: 'Demo', sourceSystem: null })) {
    changes.push({ type: 'ingest-key', id: keyId });
  }
  return changes;
}

async function seedQueues(tx: Tx): Promise<Change[]> {
  const members = DEMO_QUEUE_MEMBERS.flatMap(({ queue, prefixes }) =>
    prefixes.map((prefix) => ({ queue, id: hashedUuid(['person', tx.tenantId, demoEmail(prefix)]) })),
  );
  const added = await tx.query<{ id: string }>(
    `insert into queue_member (tenant_id, queue, person_id)
     select $1, m.queue, m.id from jsonb_to_recordset($2::jsonb) as m(queue text, id uuid)
     where not exists (select 1 from queue_member q where q.tenant_id = $1 and q.queue = m.queue)
     on conflict do nothing returning queue || '/' || person_id as id`,
    [tx.tenantId, JSON.stringify(members)],
  );
  return added.map(({ id }) => ({ type: 'queue-member', id }));
}

/** A rate a week, back to before the demo's history begins, so that amounts of the whole group can be compared. */
async function seedExchangeRates(tx: Tx, now: Date): Promise<Change[]> {
  const added = await tx.query<{ id: string }>(
    `insert into exchange_rate (tenant_id, rate_type, currency, rate_on, base, rate, source, imported_at)
     select $1, 'ecb-reference', r.currency, (date_trunc('week', $3::timestamptz at time zone 'utc') - week * interval '7 days')::date,
            'EUR', r.rate, 'Demo', $3::timestamptz
     from jsonb_to_recordset($2::jsonb) as r(currency text, rate numeric), generate_series(0, 7) as week
     on conflict do nothing returning rate_type || '/' || currency || '/' || rate_on as id`,
    [tx.tenantId, JSON.stringify(DEMO_EXCHANGE_RATES), now],
  );
  return added.map(({ id }) => ({ type: 'exchange-rate', id }));
}

async function seedEstate(tx: Tx, now: Date): Promise<Change[]> {
  const entities = await tx.query<{ id: string }>(
    `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
     select $1, e.code, e.name, e.country, e.currency, e.calendar, e."timeZone"
     from jsonb_to_recordset($2::jsonb) as e(code text, name text, country text, currency text, calendar text, "timeZone" text)
     on conflict do nothing returning code as id`,
    [tx.tenantId, JSON.stringify(DEMO_LEGAL_ENTITIES)],
  );
  const systems = await tx.query<{ id: string }>(
    `insert into source_system (tenant_id, name, kind, title)
     select $1, s.name, s.name, s.title from jsonb_to_recordset($2::jsonb) as s(name text, title text)
     on conflict do nothing returning name as id`,
    [tx.tenantId, JSON.stringify(DEMO_SOURCE_SYSTEMS)],
  );
  const rules = DEMO_REDACTION_RULES.map((rule) => ({
    ...rule,
    id: hashedUuid(['redaction-rule', tx.tenantId, rule.sourceSystem, rule.path]),
  }));
  const redactions = await tx.query<{ id: string }>(
    `insert into redaction_rule (tenant_id, rule_id, source_system, path, action, note, created_at)
     select $1, r.id, r."sourceSystem", r.path, r.action, r.note, $3
     from jsonb_to_recordset($2::jsonb) as r(id uuid, "sourceSystem" text, path text, action text, note text)
     on conflict do nothing returning rule_id as id`,
    [tx.tenantId, JSON.stringify(rules), now],
  );
  return [
    ...entities.map(({ id }) => ({ type: 'legal-entity', id })),
    ...systems.map(({ id }) => ({ type: 'source-system', id })),
    ...redactions.map(({ id }) => ({ type: 'redaction-rule', id })),
  ];
}

async function seedIntegrations(tx: Tx, box: SecretBox, simulatorUrl: string): Promise<Change[]> {
  const changes: Change[] = [];
  for (const integration of [...DEMO_INTEGRATIONS, ...JOURNEY_INTEGRATIONS]) {
    const { name, title, fromSystem, toSystem, owner, criticality, canRequeue } = integration;
    const url = canRequeue ? `${simulatorUrl}/requeue/${name}` : null;
    const [existing] = await tx.query<{ url: string | null; secret: Buffer | null; isSetByPerson: boolean }>(
      `select requeue_url as url, requeue_secret_encrypted as secret, requeue_changed_at is not null as "isSetByPerson"
       from integration where tenant_id = $1 and name = $2`,
      [tx.tenantId, name],
    );
    // the simulator may have moved to another port, and the secret may have been sealed with another key
    if (
      existing !== undefined &&
      (existing.isSetByPerson ||
        (existing.url === url && (!canRequeue || opensTo(box, existing.secret, DEMO_REQUEUE_SECRET))))
    ) {
      continue;
    }
    await tx.query(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url,
                                requeue_secret_encrypted, requeue_is_idempotent)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (tenant_id, name) do update
         set requeue_url = excluded.requeue_url, requeue_secret_encrypted = excluded.requeue_secret_encrypted`,
      [
        tx.tenantId,
        name,
        title,
        fromSystem,
        toSystem,
        owner,
        criticality,
        url,
        canRequeue ? box.seal(DEMO_REQUEUE_SECRET) : null,
        canRequeue,
      ],
    );
    changes.push({ type: 'integration', id: name });
  }
  return changes;
}

async function seedCorrections(tx: Tx, now: Date): Promise<Change[]> {
  const rows = await tx.query<{ id: string }>(
    `insert into correction_setting (tenant_id, integration, version, fields, note, changed_by, changed_by_name, changed_at)
     select $1, c.integration, 1, c.fields, 'Of the demo', $3, $4, $5
     from jsonb_to_recordset($2::jsonb) as c(integration text, fields jsonb)
     on conflict do nothing returning integration as id`,
    [tx.tenantId, JSON.stringify(DEMO_CORRECTIONS), NIL_UUID, SEEDER.name, now],
  );
  return rows.map(({ id }) => ({ type: 'integration', id }));
}

async function seedCompensations(tx: Tx, now: Date): Promise<Change[]> {
  const rows = await tx.query<{ id: string }>(
    `insert into compensation_setting (tenant_id, integration, version, actions, note, changed_by, changed_by_name, changed_at)
     select $1, c.integration, 1, c.actions, 'Of the demo', $3, $4, $5
     from jsonb_to_recordset($2::jsonb) as c(integration text, actions jsonb)
     on conflict do nothing returning integration as id`,
    [tx.tenantId, JSON.stringify(DEMO_COMPENSATIONS), NIL_UUID, SEEDER.name, now],
  );
  return rows.map(({ id }) => ({ type: 'integration', id }));
}

async function seedAlerting(tx: Tx, box: SecretBox, simulatorUrl: string): Promise<Change[]> {
  const channelId = hashedUuid(['alert-channel', tx.tenantId, 'demo']);
  const policyId = hashedUuid(['alert-policy', tx.tenantId, 'demo']);
  const url = `${simulatorUrl}/chat/hook`;
  const changes: Change[] = [];
  const [existing] = await tx.query<{ url: Buffer }>(
    `select url_encrypted as url from alert_channel where tenant_id = $1 and channel_id = $2`,
    [tx.tenantId, channelId],
  );
  if (!opensTo(box, existing?.url ?? null, url)) {
    await tx.query(
      `insert into alert_channel (tenant_id, channel_id, name, kind, url_encrypted) values ($1, $2, $3, 'slack', $4)
       on conflict (tenant_id, channel_id) do update set url_encrypted = excluded.url_encrypted`,
      [tx.tenantId, channelId, 'Finance operations chat', box.seal(url)],
    );
    changes.push({ type: 'alert-channel', id: channelId });
  }
  const policies = await tx.query(
    `insert into alert_policy (tenant_id, policy_id, name, taxonomies, channel_id) values ($1, $2, $3, '{}', $4)
     on conflict do nothing returning policy_id`,
    [tx.tenantId, policyId, 'Every new exception group', channelId],
  );
  if (policies.length > 0) {
    changes.push({ type: 'alert-policy', id: policyId });
  }
  return changes;
}

function opensTo(box: SecretBox, sealed: Buffer | null, text: string): boolean {
  try {
    return sealed !== null && box.open(sealed) === text;
  } catch {
    return false;
  }
}
