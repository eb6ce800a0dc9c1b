import { createHmac } from 'node:crypto';
import {
  compileRedaction,
  InvalidRedactionRule,
  type RecordLists,
  type Redaction,
  type RedactionRule,
} from '@throughline/ingest';
import type { Database } from '@throughline/persistence';
import { Refusal } from './refusal.js';
import { Remembered } from './remembered.js';

const SELECT = `
  select source_system as "sourceSystem", signal_kind as "signalKind", path, action
    from redaction_rule
   where tenant_id = $1
   order by rule_id`;

/**
 * The redaction rules of the tenants. A changed rule is in force within 30 s; as long as the rules of a tenant are not
 * known, nothing of it is stored.
 */
export class RedactionRules {
  private readonly remembered: Remembered<Redaction>;

  constructor(
    database: Pick<Database, 'withTenant'>,
    private readonly settings: { secretKey: Buffer | null; recordLists: RecordLists; nowMs?: () => number },
  ) {
    this.remembered = new Remembered(async (tenantId) => {
      const rules = await database.withTenant(tenantId, (tx) => tx.query<RedactionRule>(SELECT, [tenantId]), {
        readOnly: true,
      });
      return this.compiled(tenantId, rules);
    }, settings.nowMs);
  }

  /** Throws a Refusal `unavailable` when a rule cannot be applied, and what the database throws while it is away. */
  of(tenantId: string): Promise<Redaction> {
    return this.remembered.of(tenantId);
  }

  private compiled(tenantId: string, rules: readonly RedactionRule[]): Redaction {
    const { secretKey, recordLists } = this.settings;
    if (rules.length > 0 && secretKey === null) {
      // Without it whoever sees a hash could find its value by trying.
      throw new Refusal('unavailable', 'redaction rules are in force, but THROUGHLINE_SECRET_KEY is not set');
    }
    // Of the tenant alone: equal values of two tenants must not show as equal.
    const pepper = createHmac('sha256', secretKey ?? '')
      .update(`redaction:${tenantId}`)
      .digest();
    try {
      return compileRedaction(rules, pepper, recordLists);
    } catch (error) {
      if (!(error instanceof InvalidRedactionRule)) throw error;
      throw new Refusal('unavailable', `a redaction rule cannot be applied: ${error.message}`, { cause: error });
    }
  }
}
