import { isStorableText } from '@throughline/canonical';
import { CodedError } from '../../graphql/coded-error.js';
import { requireUuid } from '../../graphql/identifier.js';
import { SIGNAL_KIND_NAMES, type SignalFilterInput } from './graphql/signal.types.js';
import type { SignalListSelection } from './signal-list.repository.js';

/** Most values of one list of a filter. */
const MOST_VALUES = 100;

/** Texts of a filter, checked; null = not narrowed. */
export function filterTexts(texts: readonly string[] | null | undefined, argument: string): readonly string[] | null {
  if (texts === null || texts === undefined) return null;
  if (texts.length > MOST_VALUES || texts.some((text) => !isStorableText(text) || text.length > 1_000)) {
    throw new CodedError('INVALID_INPUT', `${argument} may hold at most ${MOST_VALUES} texts of up to 1000 characters`);
  }
  return texts;
}

/** The filter of the list of signals, checked. */
export function readSignalSelection(filter: SignalFilterInput | null | undefined): SignalListSelection {
  const { states, kinds, sourceSystems, types, receivedFrom, receivedTo, fileId, mapping, correlationId } =
    filter ?? {};
  const oneText = (text: string | null | undefined, argument: string) =>
    filterTexts(typeof text === 'string' ? [text] : null, argument)?.[0] ?? null;
  return {
    states: states ?? null,
    kinds: kinds?.map((kind) => SIGNAL_KIND_NAMES[kind]) ?? null,
    sourceSystems: filterTexts(sourceSystems, 'filter.sourceSystems'),
    types: filterTexts(types, 'filter.types'),
    from: receivedFrom ?? null,
    to: receivedTo ?? null,
    fileId: typeof fileId === 'string' ? requireUuid(fileId, 'filter.fileId') : null,
    mapping: oneText(mapping, 'filter.mapping'),
    correlationId: oneText(correlationId, 'filter.correlationId'),
  };
}
