import { OTEL_FINANCE_MAPPING } from '@throughline/ingest';
import type { SignalSelection } from '../../signals/index.js';

/** Whether spans are among what a selection names: they have neither source system, type nor file, and do not keep what became of them. */
export function hasSpans(selection: SignalSelection): boolean {
  const { sourceSystem, kinds, types, signalIds, fileId, onlyUnmapped, mapping } = selection;
  const isNarrowed = [sourceSystem, types, signalIds, fileId].some((condition) => condition !== undefined);
  const isOfSpans = mapping === undefined || mapping.name === OTEL_FINANCE_MAPPING.name;
  return !isNarrowed && onlyUnmapped !== true && isOfSpans && (kinds === undefined || kinds.includes('span'));
}

/** What somebody may expect to be read again by this selection and is not, in words; null = nothing. */
export function leftOutOf(selection: SignalSelection): string | null {
  const { sourceSystem, kinds, types, signalIds, fileId, onlyUnmapped, mapping } = selection;
  const isOfSignals = [sourceSystem, types, signalIds, fileId].some((condition) => condition !== undefined);
  if (onlyUnmapped === true && !isOfSignals && (kinds === undefined || kinds.includes('span')))
    return mapping === undefined || mapping.name === OTEL_FINANCE_MAPPING.name
      ? 'Spans do not keep whether they could be mapped: they are not among them. Map them again by their time.'
      : null;
  if (sourceSystem === undefined || hasSpans(selection)) return null;
  const isOther = signalIds !== undefined || fileId !== undefined || onlyUnmapped === true;
  if (isOther || (mapping !== undefined && mapping.name !== OTEL_FINANCE_MAPPING.name)) return null;
  return 'Spans belong to no source system: those of its services are not among them. Map them again by their time.';
}
