/** A CloudEvents attribute as it was received: JSON may carry text, booleans and integers; HTTP headers carry text. */
export type CloudEventAttribute = string | number | boolean;

/** A checked CloudEvents 1.0 event. */
export type CloudEvent = {
  id: string;
  source: string;
  type: string;
  /** RFC 3339, as received; undefined when the sender gave none. */
  time?: string;
  dataContentType?: string;
  dataSchema?: string;
  subject?: string;
  /** All context attributes and extensions, as received (datacontenttype included in every mode). */
  attributes: Record<string, CloudEventAttribute>;
  /** The data as bytes: the HTTP body in binary mode, else the JSON text of `data` or the decoded `data_base64`. */
  body: Uint8Array;
  /** False when the event has no data at all. */
  hasData: boolean;
};
