export {
  type SignalCursor,
  type SignalSelection,
  countSelectedSignals,
  readSelectedSignals,
} from './selection.repository.js';
export {
  type ReceivedSignal,
  type SignalOutcome,
  type StoredSignals,
  markOutcomes,
  readAllSignals,
  readSignalDay,
  readSignals,
} from './signals.repository.js';
export {
  type FoundTrace,
  type SpanBatch,
  type SpanPosition,
  type SpanSelection,
  type StoredSpan,
  findTracesByKey,
  readAllSpans,
  readBatchSpans,
  readSpanDay,
  readSpanPage,
  readTraceGroups,
} from './spans.repository.js';
export {
  type LinkedTo,
  type LinkingSpanRow,
  countLinkingSpans,
  findLinkingTraces,
  listLinkingSpans,
} from './span-link.repository.js';
export {
  MOST_CHUNKS,
  type ChunkPlace,
  type StoredOutline,
  findChunksOfTraces,
  readOutlines,
  readSpan,
} from './span-outline.repository.js';
export { type OwnEvent, storeOwnEvent } from './store-own-event.js';
export { shownActivity } from './domain/shown-activity.js';
export { MappingUseType, SignalActivityObjectType, SignalActivityType } from './graphql/signal-activity.types.js';
export { SIGNAL_KIND_NAMES, SignalKindEnum, SignalType, type SignalKindName } from './graphql/signal.types.js';
export { SignalsModule } from './signals.module.js';
