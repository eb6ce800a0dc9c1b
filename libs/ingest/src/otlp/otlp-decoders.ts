/** What a generated message class offers: reads bytes, throws on what is not protobuf. */
type Decoder = { decode(body: Uint8Array): object };

/** The part of the generated decoders that is used, by package name. */
export type OtlpDecoders = {
  proto: {
    collector: {
      trace: { v1: { ExportTraceServiceRequest: Decoder } };
      logs: { v1: { ExportLogsServiceRequest: Decoder } };
    };
  };
};
