import { FINANCE_EVENT_SCHEMA, quoted } from '@throughline/canonical';
import type { UnmappedReason } from '../mapping/mapped-signal.js';
import type { StoredSignal } from '../mapping/stored-signal.js';
import { decodePayload, payloadFormatIn, payloadFormatOf, UnreadablePayload } from '../packs/decode-payload.js';
import { compileContract, type CompiledContract, type ContractIssue, type JsonSchema } from './compile-contract.js';

/** A row of the table `event_contract`. */
export type EventContract = { eventType: string; version: number; schema: JsonSchema; isRetired: boolean };

type Version = { version: number; isRetired: boolean; contract: CompiledContract };

/** The contracts of a tenant by type and version. Compiled when first needed. */
export class EventContracts {
  private readonly byType = new Map<string, EventContract[]>();
  private readonly compiled = new Map<EventContract, CompiledContract>();

  constructor(contracts: readonly EventContract[]) {
    for (const contract of contracts) {
      const versions = this.byType.get(contract.eventType) ?? [];
      versions.push(contract);
      this.byType.set(contract.eventType, versions);
    }
  }

  /** True when no type has a contract. */
  get isEmpty(): boolean {
    return this.byType.size === 0;
  }

  /** Versions of a type, the latest first. */
  versionsOf(type: string): readonly EventContract[] {
    return (this.byType.get(type) ?? []).toSorted((left, right) => right.version - left.version);
  }

  /** The contract ready for use. */
  ready(contract: EventContract): Version {
    const known = this.compiled.get(contract);
    const ready = known ?? compileContract(contract.schema);
    if (known === undefined) this.compiled.set(contract, ready);
    return { version: contract.version, isRetired: contract.isRetired, contract: ready };
  }
}

const GOVERNED: ReadonlySet<StoredSignal['kind']> = new Set(['cloud-event', 'webhook', 'openlineage']);
const VERSIONED_URN = /^urn:.+:(\d{1,6})$/i;

/**
 * Why a signal breaks the contract of its type; undefined when it keeps it, when its type has none, or when its body cannot
 * be read (which its mapping tells better). The version is the one that the signal states (`dataschemaversion`, or the
 * number at the end of a `urn:` in `dataschema`), else the latest that is not retired.
 */
export function contractViolation(signal: StoredSignal, contracts: EventContracts): UnmappedReason | undefined {
  if (!GOVERNED.has(signal.kind)) return undefined;
  const versions = contracts.versionsOf(signal.type);
  if (versions.length === 0) return undefined;
  const stated = statedVersion(signal);
  const chosen =
    stated === undefined
      ? versions.find((version) => !version.isRetired)
      : versions.find((version) => version.version === stated && !version.isRetired);
  if (chosen === undefined) {
    if (stated === undefined) return undefined;
    const taken = versions.filter((version) => !version.isRetired).map((version) => version.version);
    const wanted = taken.length === 0 ? 'all versions are retired' : `taken are ${taken.toReversed().join(', ')}`;
    return violation(signal.type, stated, [
      { place: '', reason: `version ${stated} is not registered, or retired; ${wanted}` },
    ]);
  }
  const payload = payloadOf(signal);
  if (payload === undefined) return undefined;
  const issues = validateAgainstContract(contracts.ready(chosen).contract, payload.value, signal.body.byteLength);
  return issues.length === 0 ? undefined : violation(signal.type, chosen.version, issues);
}

/** Where a payload departs from a contract, the first places; `size` = bytes of the payload. */
export function validateAgainstContract(contract: CompiledContract, payload: unknown, size = 0): ContractIssue[] {
  return contract.validate(payload, size);
}

function statedVersion({ attributes }: StoredSignal): number | undefined {
  const version = String(attributes['dataschemaversion'] ?? '');
  if (/^\d{1,6}$/.test(version)) return Number(version);
  const schema = attributes['dataschema'];
  // Names the form of finance events, which has versions of its own.
  if (typeof schema !== 'string' || schema === FINANCE_EVENT_SCHEMA) return undefined;
  const match = VERSIONED_URN.exec(schema);
  return match ? Number(match[1]) : undefined;
}

function payloadOf(signal: StoredSignal): { value: unknown } | undefined {
  if (signal.body.byteLength === 0) return { value: null };
  const format = payloadFormatOf(signal.contentType ?? undefined) ?? payloadFormatIn(signal.body);
  if (format === undefined) return undefined;
  try {
    // As numbers, however long: a contract that asks for an integer is kept by one of nineteen digits.
    if (format === 'json') return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(signal.body)) };
    return { value: decodePayload(signal.body, format) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof UnreadablePayload)
      return undefined;
    throw error;
  }
}

function violation(type: string, version: number, issues: readonly ContractIssue[]): UnmappedReason {
  const [first] = issues;
  const told = issues.map(({ place, reason }) => `${place === '' ? 'the payload' : place} ${reason}`).join('; ');
  return {
    code: 'contract-violation',
    reason: `contract ${quoted(type)} version ${version}: ${told}`.slice(0, 2_000),
    place: first?.place ?? '',
  };
}
