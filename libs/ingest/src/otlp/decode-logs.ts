import { decodeRequest, MalformedRequest, type OtlpEncoding } from './decode-request.js';
import { InvalidField, listField, messageField } from './field-readers.js';

/** How many log records an ExportLogsServiceRequest holds. Throws MalformedRequest when it cannot be read. */
export function countLogRecords(body: Uint8Array, encoding: OtlpEncoding): number {
  const { message } = decodeRequest(body, encoding, 'logs', () => undefined);
  if (message['resourceSpans'] !== undefined && message['resourceLogs'] === undefined) {
    throw new MalformedRequest('not an OTLP logs request: it holds resourceSpans, no resourceLogs');
  }
  try {
    let count = 0;
    for (const resourceLogs of listField(message['resourceLogs'], 'resourceLogs')) {
      const scopeLogs = listField(
        messageField(resourceLogs, 'resourceLogs[]')['scopeLogs'],
        'resourceLogs[].scopeLogs',
      );
      for (const scoped of scopeLogs)
        count += listField(messageField(scoped, 'scopeLogs[]')['logRecords'], 'logRecords').length;
    }
    return count;
  } catch (error) {
    if (error instanceof InvalidField) throw new MalformedRequest(`not an OTLP logs request: ${error.message}`);
    throw error;
  }
}
