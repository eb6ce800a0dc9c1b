import type { Tx } from '@throughline/persistence';
import type { Page } from '../../graphql/connection.js';

export type AttributeNameRow = { serviceName: string; attribute: string; financeAttribute: string };

const COLUMNS = `service_name as "serviceName", attribute, finance_attribute as "financeAttribute"`;

export const COUNT_ATTRIBUTE_NAMES = 'select 1 from attribute_name where tenant_id = $1';

/** Names by service and attribute, one more than asked. */
export async function listAttributeNames(tx: Tx, page: Page): Promise<AttributeNameRow[]> {
  return tx.query<AttributeNameRow>(
    `select ${COLUMNS} from attribute_name
     where tenant_id = $1 and ($2::text is null or (service_name, attribute) > ($2, $3))
     order by service_name, attribute limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** All names of all services. */
export async function allAttributeNames(tx: Tx): Promise<AttributeNameRow[]> {
  return tx.query<AttributeNameRow>(
    `select ${COLUMNS} from attribute_name where tenant_id = $1 order by service_name, attribute`,
    [tx.tenantId],
  );
}

/** All names of one service. */
export async function namesOfService(tx: Tx, serviceName: string): Promise<AttributeNameRow[]> {
  return tx.query<AttributeNameRow>(
    `select ${COLUMNS} from attribute_name where tenant_id = $1 and service_name = $2 order by attribute`,
    [tx.tenantId, serviceName],
  );
}

/** Puts these names in the place of all that the service had; answers those. */
export async function replaceAttributeNames(
  tx: Tx,
  serviceName: string,
  names: readonly { attribute: string; financeAttribute: string }[],
): Promise<AttributeNameRow[]> {
  // one act at a time: of two that replace the same set one is the last
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('attribute names ' || $1 || ' ' || $2, 0))`, [
    tx.tenantId,
    serviceName,
  ]);
  const before = await tx.query<AttributeNameRow>(
    `delete from attribute_name where tenant_id = $1 and service_name = $2 returning ${COLUMNS}`,
    [tx.tenantId, serviceName],
  );
  await tx.query(
    `insert into attribute_name (tenant_id, service_name, attribute, finance_attribute)
     select $1, $2, n.attribute, n.finance from unnest($3::text[], $4::text[]) as n(attribute, finance)`,
    [tx.tenantId, serviceName, names.map((one) => one.attribute), names.map((one) => one.financeAttribute)],
  );
  return before.sort((left, right) => (left.attribute < right.attribute ? -1 : 1));
}
