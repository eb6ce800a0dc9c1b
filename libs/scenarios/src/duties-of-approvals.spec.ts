import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { calendarsOf, projectAll } from '@throughline/lineage';
import { mapWebhookSignal } from './webhook-signal.js';

/** What is found of duties once the approvals of a fixture have come, each as its workflow sent it. */
async function dutiesOf(fixture: string): Promise<string[]> {
  const file = new URL(`../../ingest/fixtures/business-events/constructed/${fixture}.json`, import.meta.url);
  const events = JSON.parse(readFileSync(file, 'utf8')) as { id: string }[];
  const activities = await Promise.all(
    events.map((event) =>
      mapWebhookSignal(
        {
          name: event.id,
          protocol: 'webhook',
          source: 'business-events',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(event),
        },
        '2026-10-03',
      ),
    ),
  );
  const projection = projectAll(activities.flat(), [], calendarsOf([]));
  const keys = new Map(projection.objects.map(({ objectId, type, key }) => [objectId, `${type} ${key}`]));
  return projection.findings
    .filter(({ kind }) => kind === 'segregation-of-duties')
    .map(({ subjectId, about }) => `${keys.get(subjectId) ?? subjectId}: ${about}`)
    .sort();
}

describe('approvals as a workflow sends them', () => {
  it('tell which duties were of one person: bank details and payment, credit limit and order, journal and approval', async () => {
    expect(await dutiesOf('approvals-that-say-who-did-what')).toEqual([
      'journal-entry JE-2026-118: preparation and approval',
      'payment V000342: bank details and release',
      'sales-order SO-7001: credit limit and release',
    ]);
  });

  it('tell nothing where others did it, or where the limit was refused', async () => {
    expect(await dutiesOf('approvals-by-other-people')).toEqual([]);
  });
});
