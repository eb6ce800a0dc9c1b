import type protobuf from 'protobufjs';

/** What a generated message class offers: reads `length` bytes at the reader's position, throws on what is not protobuf. */
export type Decoder = { decode(reader: protobuf.Reader, length: number): object };

/** The part of the generated decoders that is used, by package name. */
export type OtlpDecoders = {
  proto: {
    trace: { v1: { Span: Decoder } };
    logs: { v1: { LogRecord: Decoder } };
    common: { v1: { InstrumentationScope: Decoder } };
    resource: { v1: { Resource: Decoder } };
  };
};
