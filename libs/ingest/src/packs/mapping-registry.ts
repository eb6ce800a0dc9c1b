import type { StoredSignal } from '../mapping/stored-signal.js';
import { compilePack, type CompiledPack } from './compiled-pack.js';
import { matchesGlob } from './glob.js';
import type { MappingPack } from './mapping-pack.js';

/** The packs in force for a tenant: the shipped ones, some replaced by the tenant's own versions. */
export class MappingRegistry {
  private readonly bySourceKind = new Map<string, CompiledPack>();
  private readonly byEventType: { prefix: string; pack: CompiledPack }[] = [];
  private readonly byEventGlob: { glob: string; pack: CompiledPack }[] = [];
  private readonly byName = new Map<string, CompiledPack>();

  /** Of two packs with one name the later counts. Throws PackError. */
  constructor(packs: readonly MappingPack[]) {
    const inForce = new Map(packs.map((pack) => [pack.name, pack]));
    for (const pack of inForce.values()) {
      const compiled = compilePack(pack);
      this.byName.set(pack.name, compiled);
      for (const kind of pack.sourceKinds) this.bySourceKind.set(kind, compiled);
      for (const type of pack.eventTypes) {
        if (type.includes('*')) this.byEventGlob.push({ glob: type, pack: compiled });
        else this.byEventType.push({ prefix: type, pack: compiled });
      }
    }
    // The longest speaks for a type.
    this.byEventType.sort((left, right) => right.prefix.length - left.prefix.length);
    this.byEventGlob.sort((left, right) => right.glob.length - left.glob.length);
  }

  /** The pack by name. */
  named(name: string): CompiledPack | undefined {
    return this.byName.get(name);
  }

  /** The pack of a kind of source system. */
  ofSourceKind(kind: string): CompiledPack | undefined {
    return this.bySourceKind.get(kind);
  }

  /**
   * The pack that takes a signal: that of the prefix of its CloudEvents type, else that of the kind of its source system,
   * else that of a glob over its type, which is how events of senders that nobody has configured are known.
   */
  find(signal: Pick<StoredSignal, 'kind' | 'type' | 'sourceKind'>): CompiledPack | undefined {
    const { kind, type, sourceKind } = signal;
    const isEvent = kind === 'cloud-event';
    const byPrefix = isEvent ? this.byEventType.find(({ prefix }) => type.startsWith(prefix)) : undefined;
    const known = byPrefix?.pack ?? this.bySourceKind.get(sourceKind);
    return known ?? (isEvent ? this.byEventGlob.find(({ glob }) => matchesGlob(type, glob))?.pack : undefined);
  }

  /** Every pack in force. */
  get packs(): readonly CompiledPack[] {
    return [...this.byName.values()];
  }
}
