import { FINANCE_EVENT_TYPE_PREFIX } from '@throughline/canonical';
import type { CloudEvent, MappingRegistry } from '@throughline/ingest';
import { Refusal } from './refusal.js';
import type { SourceSystem, SourceSystems } from './source-systems.js';

/** Source system of an event: its name and kind; the kind is empty where nobody has configured it. */
export type EventSource = { name: string; kind: string };

/** Events with a larger body are not looked into for the system that they name. */
const MOST_LOOKED_INTO_BYTES = 64 * 1024;

/** Finds for which source system an event is taken. */
export class EventSources {
  constructor(
    private readonly sourceSystems: SourceSystems,
    private readonly packs: MappingRegistry,
  ) {}

  /**
   * The source system that the sender is bound to. Else the tenant's active one of the kind whose pack claims the type of
   * the event; where there are several, the one that the event names. Else the one that it names: in its source, as a part
   * of the path or of the host, or as the `system` of a finance event. Null when there is none, or a choice. Throws a
   * Refusal `gone` for one that is switched off.
   */
  async resolver(tenantId: string, bound: string): Promise<(event: CloudEvent) => Promise<EventSource | null>> {
    if (bound !== '') {
      const source = await this.sourceSystems.find(tenantId, bound);
      if (source?.isActive === false) {
        throw new Refusal('gone', `source system ${bound} is switched off: stop sending, or have it switched on`);
      }
      const answer = source ?? { name: bound, kind: '' };
      return () => Promise.resolve(answer);
    }
    const known = new Map<string, Promise<EventSource | undefined>>();
    return async (event) => {
      const key = `${event.type} ${event.source}`;
      const found = known.get(key) ?? this.bySourceAndType(tenantId, event);
      known.set(key, found);
      return (await found) ?? (await this.byStatedSystem(tenantId, event)) ?? null;
    };
  }

  private async bySourceAndType(tenantId: string, { type, source }: CloudEvent): Promise<EventSource | undefined> {
    const pack = this.packs.find({ kind: 'cloud-event', type, sourceKind: '' });
    const active = await this.sourceSystems.active(tenantId);
    const claimed = active.filter(({ kind }) => pack?.pack.sourceKinds.includes(kind));
    return claimed.length === 1 ? claimed[0] : onlyNamedIn(source, claimed.length === 0 ? active : claimed);
  }

  /** A finance event says in its data which system it speaks for; one whose type a pack claims is no finance event. */
  private async byStatedSystem(tenantId: string, event: CloudEvent): Promise<EventSource | undefined> {
    if (!event.type.startsWith(FINANCE_EVENT_TYPE_PREFIX) || event.body.byteLength > MOST_LOOKED_INTO_BYTES)
      return undefined;
    const system = statedSystem(event.body);
    if (system === undefined) return undefined;
    return (await this.sourceSystems.active(tenantId)).find(({ name }) => name === system);
  }
}

/** "/salesforce/production" and "https://kyriba.example.com/payments" name a source system each. */
function onlyNamedIn(source: string, systems: readonly SourceSystem[]): SourceSystem | undefined {
  const parts = new Set(source.toLowerCase().split(/[^a-z0-9_-]+/));
  const named = systems.filter(({ name }) => parts.has(name.toLowerCase()));
  return named.length === 1 ? named[0] : undefined;
}

function statedSystem(body: Uint8Array): string | undefined {
  try {
    const data: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    const isNamed = typeof data === 'object' && data !== null && 'system' in data && typeof data.system === 'string';
    return isNamed ? (data as { system: string }).system : undefined;
  } catch {
    // no JSON: the mapping will say so
    return undefined;
  }
}
