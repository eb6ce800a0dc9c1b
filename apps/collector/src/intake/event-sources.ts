import type { MappingRegistry } from '@throughline/ingest';
import { Refusal } from './refusal.js';
import type { SourceSystem, SourceSystems } from './source-systems.js';

/** Source system of an event: its name and kind; the kind is empty where nobody has configured it. */
export type EventSource = { name: string; kind: string };

/** Finds for which source system an event is taken. */
export class EventSources {
  constructor(
    private readonly sourceSystems: SourceSystems,
    private readonly packs: MappingRegistry,
  ) {}

  /**
   * The source system that the sender is bound to. Else, by the type of the event, the tenant's only active one of the kind
   * whose pack claims that type; null when there is none, or a choice. Throws a Refusal `gone` for one that is switched off.
   */
  async resolver(tenantId: string, bound: string): Promise<(eventType: string) => Promise<EventSource | null>> {
    if (bound !== '') {
      const source = await this.sourceSystems.find(tenantId, bound);
      if (source?.isActive === false) {
        throw new Refusal('gone', `source system ${bound} is switched off: stop sending, or have it switched on`);
      }
      const answer = source ?? { name: bound, kind: '' };
      return () => Promise.resolve(answer);
    }
    const known = new Map<string, Promise<SourceSystem | undefined>>();
    return async (eventType) => {
      const found = known.get(eventType) ?? this.claimed(tenantId, eventType);
      known.set(eventType, found);
      return (await found) ?? null;
    };
  }

  private async claimed(tenantId: string, eventType: string): Promise<SourceSystem | undefined> {
    const pack = this.packs.find({ kind: 'cloud-event', type: eventType, sourceKind: '' });
    return pack === undefined ? undefined : this.sourceSystems.onlyOf(tenantId, pack.pack.sourceKinds);
  }
}
