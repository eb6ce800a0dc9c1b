/** The channels of LISTEN/NOTIFY; payloads carry ids only (the limit is 8000 bytes). */
export const notifyChannels = [
  'throughline_intake',
  'throughline_dirty',
  'throughline_outbox',
  'throughline_changed',
  'throughline_audit',
  'throughline_remapping',
  'throughline_rebuild',
  'throughline_bulk_act',
  'throughline_requeue',
] as const;

/** One of the channels of LISTEN/NOTIFY. */
export type NotifyChannel = (typeof notifyChannels)[number];
