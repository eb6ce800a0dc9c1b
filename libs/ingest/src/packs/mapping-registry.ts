import type { StoredSignal } from '../mapping/stored-signal.js';
import { compilePack, type CompiledPack } from './compiled-pack.js';
import type { MappingPack } from './mapping-pack.js';

/** The packs in force for a tenant: the shipped ones, some replaced by the tenant's own versions. */
export class MappingRegistry {
  private readonly bySourceKind = new Map<string, CompiledPack>();
  private readonly byEventType: { prefix: string; pack: CompiledPack }[] = [];
  private readonly byName = new Map<string, CompiledPack>();

  /** Of two packs with one name the later counts. Throws PackError. */
  constructor(packs: readonly MappingPack[]) {
    const inForce = new Map(packs.map((pack) => [pack.name, pack]));
    for (const pack of inForce.values()) {
      const compiled = compilePack(pack);
      this.byName.set(pack.name, compiled);
      for (const kind of pack.sourceKinds) this.bySourceKind.set(kind, compiled);
      for (const prefix of pack.eventTypes) this.byEventType.push({ prefix, pack: compiled });
    }
    // The longest prefix speaks for a type.
    this.byEventType.sort((left, right) => right.prefix.length - left.prefix.length);
  }

  /** The pack by name. */
  named(name: string): CompiledPack | undefined {
    return this.byName.get(name);
  }

  /** The pack of a kind of source system. */
  ofSourceKind(kind: string): CompiledPack | undefined {
    return this.bySourceKind.get(kind);
  }

  /** The pack that takes a signal: by CloudEvents type first, else by the kind of its source system. */
  find(signal: Pick<StoredSignal, 'kind' | 'type' | 'sourceKind'>): CompiledPack | undefined {
    const byType =
      signal.kind === 'cloud-event' ? this.byEventType.find(({ prefix }) => signal.type.startsWith(prefix)) : undefined;
    return byType?.pack ?? this.bySourceKind.get(signal.sourceKind);
  }

  /** Every pack in force. */
  get packs(): readonly CompiledPack[] {
    return [...this.byName.values()];
  }
}
