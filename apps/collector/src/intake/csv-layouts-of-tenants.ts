import { CsvLayouts, type DeclaredCsvLayout } from '@throughline/ingest';
import type { Database } from '@throughline/persistence';
import { Remembered } from './remembered.js';

const SELECT = 'select name, version, definition from csv_layout where tenant_id = $1';

/** The CSV layouts of each tenant. A change is in force within 30 s. */
export class CsvLayoutsOfTenants {
  private readonly remembered: Remembered<CsvLayouts>;

  constructor(database: Pick<Database, 'withTenant'>) {
    this.remembered = new Remembered(async (tenantId) => {
      const rows = await database.withTenant(tenantId, (tx) => tx.query<DeclaredCsvLayout>(SELECT, [tenantId]), {
        readOnly: true,
      });
      return new CsvLayouts(rows);
    });
  }

  of(tenantId: string): Promise<CsvLayouts> {
    return this.remembered.of(tenantId);
  }
}
