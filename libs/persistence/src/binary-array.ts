import { ByteSink, type CopyType, UnencodableCell, writeValue } from './binary-values.js';

/** Object ids of the element types, the same in every server (pg_type.dat). Numeric is sent as text. */
const ELEMENT_OIDS: Record<CopyType, number> = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  date: 1082,
  timestamptz: 1184,
  numeric: 25,
  uuid: 2950,
  jsonb: 3802,
};

/**
 * An array in the server's binary form, which pg sends as such because it is a Buffer: neither side has to make or
 * read text. The parameter must be cast to arrayType. Throws UnencodableCell with `name`.
 */
export function encodeArray(type: CopyType, values: readonly unknown[], name: string = type): Buffer {
  // By far the most elements are ids and instants, and by far the most arrays short.
  const sink = new ByteSink(20 + 20 * values.length);
  sink.int32(values.length === 0 ? 0 : 1);
  sink.int32(values.some((value) => value === null || value === undefined) ? 1 : 0);
  sink.int32(ELEMENT_OIDS[type]);
  if (values.length > 0) {
    sink.int32(values.length);
    sink.int32(1);
  }
  for (let index = 0; index < values.length; index += 1) {
    try {
      writeValue(sink, type, values[index]);
    } catch (cause) {
      throw new UnencodableCell(`row ${index}, column ${name}: not a valid ${type}`, { cause });
    }
  }
  return sink.take();
}

/** The SQL type of an encoded array; amounts are cast from text by whoever stores them. */
export function arrayType(type: CopyType): string {
  return `${type === 'numeric' ? 'text' : type}[]`;
}

/** Ids as a parameter that is cast to `uuid[]`. */
export function uuidArray(ids: readonly string[]): Buffer {
  return encodeArray('uuid', ids);
}
