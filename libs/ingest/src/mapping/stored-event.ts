import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';

/** A stored CloudEvent as the mapping reads it: the columns of a row of the table `signal`. */
export type StoredEvent = {
  /** `signal.scoped_key`, see eventScopedKey(). */
  scopedKey: string;
  /** `signal.type` */
  type: string;
  /** `signal.source` */
  source: string;
  /** `signal.external_id`: the id of the event. */
  externalId: string;
  /** `signal.attributes`: context attributes and extensions as received. */
  attributes: Record<string, CloudEventAttribute>;
  /** `signal.content_type`: datacontenttype; null = none given, which means JSON. */
  contentType: string | null;
  /** `signal.body`: the raw data bytes. */
  body: Uint8Array;
};

/** The columns of the table `signal` that the mapping reads, as the PostgreSQL driver returns them. */
export type SignalRow = {
  scoped_key: string;
  type: string;
  source: string;
  external_id: string;
  attributes: Record<string, CloudEventAttribute>;
  content_type: string | null;
  body: Uint8Array;
};

/** The event of a row of the table `signal`. */
export function storedEventFromRow(row: SignalRow): StoredEvent {
  return {
    scopedKey: row.scoped_key,
    type: row.type,
    source: row.source,
    externalId: row.external_id,
    attributes: row.attributes,
    contentType: row.content_type,
    body: row.body,
  };
}
