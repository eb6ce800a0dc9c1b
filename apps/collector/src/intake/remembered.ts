/** How long what people configure may differ from what a collector goes by. */
export const REMEMBERED_MS = 30_000;

const MOST_TENANTS = 1_000;

type Entry<T> = { until: number; value: Promise<T> };

/**
 * What people configure, by tenant, remembered for 30 s: one statement per tenant however many requests come. Requests
 * that ask at the same time wait for one answer; a failure is told to them and not remembered.
 */
export class Remembered<T> {
  private readonly byTenant = new Map<string, Entry<T>>();

  constructor(
    private readonly load: (tenantId: string) => Promise<T>,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  of(tenantId: string): Promise<T> {
    const known = this.byTenant.get(tenantId);
    if (known && known.until > this.nowMs()) return known.value;
    if (this.byTenant.size >= MOST_TENANTS) this.byTenant.clear();
    const entry: Entry<T> = { until: this.nowMs() + REMEMBERED_MS, value: this.load(tenantId) };
    this.byTenant.set(tenantId, entry);
    entry.value.catch(() => {
      if (this.byTenant.get(tenantId) === entry) this.byTenant.delete(tenantId);
    });
    return entry.value;
  }
}
