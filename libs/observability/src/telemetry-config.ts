import { z } from 'zod';

/** Where the processes of Throughline send their own traces; undefined = nowhere, which is the default. */
export type TelemetryConfig = {
  /** Base address of an OTLP/HTTP receiver; `/v1/traces` is added. */
  endpoint: string;
  /** Ingest key, sent as `Authorization: Bearer`. */
  key: string | undefined;
};

const variables = z.object({
  THROUGHLINE_TELEMETRY_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  THROUGHLINE_TELEMETRY_KEY: z.string().min(1).optional(),
});

/** Reads the two telemetry variables; an empty one counts as not set. Throws an error that names the bad variable. */
export function parseTelemetryConfig(
  environment: Readonly<Record<string, string | undefined>>,
): TelemetryConfig | undefined {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.') ?? 'telemetry'}: ${issue?.message ?? 'not valid'} (environment)`);
  }
  const { THROUGHLINE_TELEMETRY_ENDPOINT: endpoint, THROUGHLINE_TELEMETRY_KEY: key } = parsed.data;
  return endpoint === undefined ? undefined : { endpoint: endpoint.replace(/\/+$/, ''), key };
}
