import { AttributeNames, type AttributeName } from '@throughline/ingest';
import type { Database } from '@throughline/persistence';
import { Remembered } from './remembered.js';

const SELECT = `
  select service_name as "serviceName", attribute, finance_attribute as "financeAttribute"
    from attribute_name
   where tenant_id = $1`;

/** What the teams of each tenant call the finance attributes. A change is in force within 30 s. */
export class AttributeNamesOfTenants {
  private readonly remembered: Remembered<AttributeNames>;

  constructor(database: Pick<Database, 'withTenant'>) {
    this.remembered = new Remembered(async (tenantId) => {
      const names = await database.withTenant(tenantId, (tx) => tx.query<AttributeName>(SELECT, [tenantId]), {
        readOnly: true,
      });
      return new AttributeNames(names);
    });
  }

  of(tenantId: string): Promise<AttributeNames> {
    return this.remembered.of(tenantId);
  }
}
