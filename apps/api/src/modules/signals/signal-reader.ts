import { maskPayload, maskText, type SignalKind } from '@throughline/canonical';
import type { Operation } from '../../graphql/operation.js';
import type { SignalKindName, SignalType } from './graphql/signal.types.js';
import { SIGNAL_KIND_NAMES } from './graphql/signal.types.js';
import { findSignals, type SignalRow } from './signal-list.repository.js';

const KIND_NAMES = new Map(
  Object.entries(SIGNAL_KIND_NAMES).map(([name, kind]): [SignalKind, SignalKindName] => [kind, name as SignalKindName]),
);

/** A signal by id; many asked at once are one statement. */
export async function readSignal(operation: Operation, id: string): Promise<SignalType | null> {
  const row = await operation.loader<string, SignalRow>('signals', findSignals).load(id);
  return row === null ? null : toSignal(row, operation.viewer.permissions.has('payload.unmask'));
}

/** A signal as people see it: bank accounts are masked for all who may not see them whole. */
export function toSignal(row: SignalRow, mayUnmask: boolean): SignalType {
  const text = (value: string): string => (mayUnmask ? value : maskText(value).value);
  const { note, lagSeconds, sourceSystem, correlationId, causationId, externalId } = row;
  return {
    ...row,
    kind: KIND_NAMES.get(row.kind) ?? 'CLOUD_EVENT',
    source: text(row.source),
    externalId: text(externalId),
    correlationId: correlationId === null ? null : text(correlationId),
    causationId: causationId === null ? null : text(causationId),
    flow: { correlationId, causationId, externalId },
    scopedKey: text(row.scopedKey),
    sourceSystem: sourceSystem === '' ? null : sourceSystem,
    lagSeconds: lagSeconds === null ? null : Number(lagSeconds),
    attributes: mayUnmask ? row.attributes : maskPayload(row.attributes).value,
    unmapped:
      row.state === 'UNMAPPED' && note !== null && 'code' in note
        ? {
            code: note.code,
            reason: text(note.reason),
            place: note.place ?? null,
            mapping: note.mapping ?? null,
          }
        : null,
    ignoredBecause: row.state === 'IGNORED' ? (note?.reason ?? null) : null,
    notedMapping: row.state === 'IGNORED' || row.state === 'UNMAPPED' ? (note?.mapping ?? null) : null,
  };
}
