export {
  type ClaimedBatch,
  type ReceivedEvent,
  type StoredSignals,
  type StoredSpan,
  claimBatches,
  deferBatch,
  markUnmapped,
  readAllEvents,
  readAllSpans,
  readSignalDays,
  readSignals,
} from './signals.repository.js';
