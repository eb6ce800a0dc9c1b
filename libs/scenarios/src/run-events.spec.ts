import { describe, expect, it } from '@jest/globals';
import { type Activity, type ActivityObject, TECHNICAL_TYPES, maskText } from '@throughline/canonical';
import {
  lineageScopedKey,
  lineageSignalFacts,
  mapOpenLineage,
  readLineageEvents,
  type StoredSignal,
} from '@throughline/ingest';
import { isSameRun, type RunActivity, runEventsOf, runIdOf } from '@throughline/lineage';
import { mapSignals } from './scenario-signal.js';
import { SHORT_ORDER_TO_CASH_STORIES } from './stories/order-to-cash/index.js';

const REFERENCE = {
  kind: 'openlineage',
  receivedOn: '2026-09-30',
  signalId: '00000000-0000-8000-8000-000000000001',
} as const;
const runEvents = (run: readonly RunActivity[], shown: (text: string) => string) =>
  run.flatMap((activity, index) =>
    runEventsOf(activity, { isFirst: index === 0, isLast: index === run.length - 1 }, shown),
  );
const asIs = (text: string) => text;
const withMessage = (activity: Activity) => ({ ...activity, message: activity.problem?.message ?? null });

/** What the receiver makes of exported events when they are sent to it. */
function sentBack(events: readonly unknown[]) {
  const lines = events.map((event) => JSON.stringify(event)).join(',\n');
  const { events: read, rejected } = readLineageEvents(Buffer.from(`[${lines}]`));
  expect(rejected).toEqual([]);
  return read.map(({ event, body }) => {
    const signal: StoredSignal = {
      kind: 'openlineage',
      scopedKey: lineageScopedKey(event, body),
      sourceSystem: '',
      sourceKind: '',
      ...lineageSignalFacts(event),
      contentType: 'application/json',
      body,
    };
    const mapped = mapOpenLineage(signal, REFERENCE);
    if (mapped.outcome !== 'mapped') throw new Error(JSON.stringify(mapped));
    return mapped.activities[0]!;
  });
}

const told = ({ qualifier: _role, ...object }: ActivityObject) => object;
const isBusiness = ({ type }: ActivityObject) => !TECHNICAL_TYPES.has(type);
const byName = (objects: readonly ActivityObject[]) => objects.map((object) => JSON.stringify(told(object))).sort();

describe.each(SHORT_ORDER_TO_CASH_STORIES.map((story) => [story.name, story] as const))(
  'runs of %s',
  (_name, story) => {
    const activities = mapSignals(story.signals).map(withMessage);

    it('come back through the receiver with the same objects, names and amounts', () => {
      for (const activity of activities) {
        const [started, ended] = sentBack(runEvents([activity], asIs));
        expect(started?.type).toBe('run.started');
        expect(ended).toMatchObject({
          type: activity.outcome === 'failure' ? 'run.failed' : 'run.completed',
          occurredAt: activity.occurredAt,
          outcome: activity.outcome,
          system: activity.system,
          runKey: `run:${activity.system}:${runIdOf(activity)}`,
          ...(activity.traceId !== undefined && { traceId: activity.traceId }),
        });
        expect(byName(ended!.objects.filter(isBusiness))).toEqual(byName(activity.objects.filter(isBusiness)));
        expect(ended?.problem?.message).toBe(activity.problem?.message.split('\n')[0]);
      }
    });
  },
);

describe('a run of several activities', () => {
  const [first, second] = mapSignals(SHORT_ORDER_TO_CASH_STORIES[0]!.signals).map(withMessage);
  const run = [
    { ...first!, system: 'sap', integration: 'billing', runKey: 'r1', occurredAt: '2026-09-30T08:00:00.000Z' },
    { ...second!, system: 'sap', integration: 'billing', runKey: 'r1', occurredAt: '2026-09-30T08:05:00.000Z' },
  ];

  it('begins once, goes on, and ends once', () => {
    expect(runEvents(run, asIs).map(({ eventType, eventTime }) => [eventType, eventTime])).toEqual([
      ['START', '2026-09-30T08:00:00.000Z'],
      ['RUNNING', '2026-09-30T08:00:00.000Z'],
      ['COMPLETE', '2026-09-30T08:05:00.000Z'],
    ]);
    expect(new Set(runEvents(run, asIs).map(({ run: told }) => (told as { runId: string }).runId)).size).toBe(1);
    expect(isSameRun(run[0]!, run[1]!)).toBe(true);
    expect(isSameRun(run[0]!, { ...run[1]!, runKey: 'r2' })).toBe(false);
  });

  it('keeps the id that an OpenLineage run already has', () => {
    const runId = '0190f1c2-7e5a-7b3c-9a55-3b0c6b6f4d21';
    expect(runIdOf({ system: 'close', integration: 'close/load', runKey: `run:close:${runId}` })).toBe(runId);
  });

  it('hides account numbers from those who may not see them', () => {
    const account: ActivityObject = {
      type: 'bank-account',
      qualifier: 'subject',
      aliases: [{ system: 'bank', kind: 'iban', scope: '', value: 'DE89370400440532013000' }],
      counterparty: 'Kyriba GB82 WEST 1234 5698 7654 32',
    };
    const failed = {
      ...first!,
      outcome: 'failure' as const,
      message: 'DE89370400440532013000 is closed',
      objects: [account],
    };
    const text = JSON.stringify(runEvents([failed], (value) => maskText(value).value));
    expect(text).not.toMatch(/0532013000|5698/);
    expect(JSON.stringify(runEvents([failed], asIs))).toContain('DE89370400440532013000');
  });
});
