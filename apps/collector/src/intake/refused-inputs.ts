import { randomUUID } from 'node:crypto';
import type { Database } from '@throughline/persistence';
import type { Logger } from '@throughline/observability';

/** Kept per tenant; older samples make room. */
const KEPT = 200;
const SAMPLE_BYTES = 4_096;
const LONGEST_REASON = 1_000;
/** A sender that repeats its mistake many times a second must not become load. */
const MIN_INTERVAL_MS = 200;

const INSERT = `insert into refused_input (tenant_id, refused_id, at, protocol, reason, sample) values ($1, $2, $3, $4, $5, $6)`;
const TRIM = `delete from refused_input
  where tenant_id = $1
    and refused_id in (select refused_id from refused_input where tenant_id = $1 order by at desc, refused_id desc offset $2)`;

/** Keeps a bounded sample of what could not be read, for the signals screen. A sample that cannot be kept is no failure. */
export class RefusedInputs {
  private readonly lastKept = new Map<string, number>();

  constructor(
    private readonly database: Pick<Database, 'withTenant'>,
    private readonly log: Logger,
  ) {}

  async keep(tenantId: string, protocol: string, reason: string, body: Uint8Array, at: Date): Promise<void> {
    const now = performance.now();
    if (now - (this.lastKept.get(tenantId) ?? -MIN_INTERVAL_MS) < MIN_INTERVAL_MS) return;
    this.lastKept.set(tenantId, now);
    const sample = Buffer.from(body.subarray(0, SAMPLE_BYTES));
    try {
      await this.database.withTenant(tenantId, async (tx) => {
        await tx.query(INSERT, [tenantId, randomUUID(), at, protocol, reason.slice(0, LONGEST_REASON), sample]);
        await tx.query(TRIM, [tenantId, KEPT]);
      });
    } catch (error) {
      this.log.warn({ err: error, tenantId, protocol }, 'sample of refused input not kept');
    }
  }
}
