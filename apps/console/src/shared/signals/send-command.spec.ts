import { describe, expect, it } from '@jest/globals';
import { sendEventCommand, sendFileCommand, sendRunCommand, sendWebhookCommand } from './send-command.js';

const now = new Date('2026-11-20T08:00:00.000Z');

describe('lines to copy', () => {
  it('name the collector on the host of the console, and no key', () => {
    for (const line of [
      sendEventCommand('tl.example', now),
      sendFileCommand('tl.example'),
      sendRunCommand('tl.example', now),
      sendWebhookCommand('tl.example', 'stripe'),
    ]) {
      expect(line).toContain('http://tl.example:4318/');
      expect(line).toContain('"Authorization: Bearer $INGEST_KEY"');
    }
  });

  it('quote what a shell would read as its own', () => {
    expect(sendFileCommand('h')).toContain("'http://h:4318/v1/files/camt.053?name=statement.xml'");
    const body = /-d '(.*)'$/.exec(sendEventCommand('h', now))?.[1] ?? '';
    expect(JSON.parse(body)).toMatchObject({ specversion: '1.0', time: now.toISOString() });
    expect(body).not.toContain("'");
  });
});
