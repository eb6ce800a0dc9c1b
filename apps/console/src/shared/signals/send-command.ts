/** The usual port of the collector; whoever runs it elsewhere knows. */
const COLLECTOR_PORT = 4318;

/** Where the collector most likely is, seen from the person who looks at this page. */
export function collectorAddress(hostname: string): string {
  return `http://${hostname}:${COLLECTOR_PORT}`;
}

type Command = { path: string; contentType: string; data: string };

/** A line for a shell; the key is read from its environment, so that none lands in a history. */
function curl(hostname: string, { path, contentType, data }: Command): string {
  const address = `${collectorAddress(hostname)}${path}`;
  return [
    `curl -X POST ${path.includes('?') ? `'${address}'` : address}`,
    `  -H "Authorization: Bearer $INGEST_KEY" -H 'Content-Type: ${contentType}'`,
    `  ${data}`,
  ].join(' \\\n');
}

const EVENT = {
  specversion: '1.0',
  id: 'first-try-1',
  source: '/first-try',
  type: 'finance.invoice.posted',
  data: {
    system: 'first-try',
    objects: [
      {
        type: 'invoice',
        keys: [{ kind: 'invoice-number', value: 'INV-1' }],
        amount: { amount: '120.00', currency: 'EUR' },
        direction: 'inflow',
      },
    ],
  },
};

/** Sends one finance event that is read without any configuration. */
export function sendEventCommand(hostname: string, now: Date): string {
  const event = JSON.stringify({ ...EVENT, time: now.toISOString() });
  return curl(hostname, {
    path: '/v1/events',
    contentType: 'application/cloudevents+json',
    data: `-d '${event}'`,
  });
}

/** Sends a bank statement. */
export function sendFileCommand(hostname: string): string {
  return curl(hostname, {
    path: '/v1/files/camt.053?name=statement.xml',
    contentType: 'application/xml',
    data: '--data-binary @statement.xml',
  });
}

/** Sends what is in a file as a webhook of a kind of source system. */
export function sendWebhookCommand(hostname: string, system: string): string {
  return curl(hostname, {
    path: `/v1/webhooks/${system}`,
    contentType: 'application/json',
    data: '--data-binary @message.json',
  });
}

/** Reports that a run of a job began. */
export function sendRunCommand(hostname: string, now: Date): string {
  const event = JSON.stringify({
    eventType: 'START',
    eventTime: now.toISOString(),
    run: { runId: '0190f1c2-7e5a-7b3c-9a55-3b0c6b6f4d21' },
    job: { namespace: 'first-try', name: 'daily-load' },
    producer: 'https://example.org/first-try',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  });
  return curl(hostname, { path: '/api/v1/lineage', contentType: 'application/json', data: `-d '${event}'` });
}
