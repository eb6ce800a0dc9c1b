import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SignalReference } from '@throughline/canonical';
import { activitiesOf } from '../mapping/map-signal.js';
import type { MappedSignal } from '../mapping/mapped-signal.js';
import type { StoredSignal } from '../mapping/stored-signal.js';
import { FIXTURES } from '../testing/pack-fixtures.js';
import { lineageSignalFacts } from './lineage-signal.js';
import { mapOpenLineage } from './map-open-lineage.js';
import { lineageScopedKey, MalformedLineage, readLineageEvents } from './read-lineage-events.js';
import { joinRunStates, openLineageRunState, UNKNOWN_RUN_STATE, type RunStateEvent } from './run-state.js';

const FOLDER = `${FIXTURES}openlineage/`;
const REFERENCE: SignalReference = {
  kind: 'openlineage',
  receivedOn: '2026-09-30',
  signalId: '00000000-0000-8000-8000-000000000001',
};
const RUN_ID = '0190f1c2-7e5a-7b3c-9a55-3b0c6b6f4d21';

const event = (change: object = {}): Record<string, unknown> => ({
  eventType: 'COMPLETE',
  eventTime: '2026-09-30T02:10:44.120Z',
  run: { runId: RUN_ID, facets: {} },
  job: { namespace: 'close', name: 'load' },
  inputs: [],
  outputs: [],
  producer: 'https://example.org/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  ...change,
});
const read = (value: unknown) => readLineageEvents(Buffer.from(JSON.stringify(value)));

function stored(
  one: ReturnType<typeof readLineageEvents>['events'][number],
  more: Partial<StoredSignal> = {},
): StoredSignal {
  return {
    kind: 'openlineage',
    scopedKey: lineageScopedKey(one.event, one.body),
    sourceSystem: '',
    sourceKind: '',
    ...lineageSignalFacts(one.event),
    contentType: 'application/json',
    body: one.body,
    ...more,
  };
}
const mapped = (change: object, more: Partial<StoredSignal> = {}): MappedSignal =>
  mapOpenLineage(stored(read(event(change)).events[0]!, more), REFERENCE);

/** What became of a request, as it is compared with the golden file: without what is a hash or the same for all. */
function outcomeOf(body: Uint8Array): unknown {
  const { events, rejected } = readLineageEvents(body);
  return {
    events: events.map((one) => {
      const result = mapOpenLineage(stored(one), REFERENCE);
      if (result.outcome !== 'mapped') return result;
      return {
        outcome: 'mapped',
        activities: result.activities.map(({ activityId: _id, signal: _signal, mapping, ...activity }) => ({
          ...activity,
          rule: mapping.rule,
        })),
      };
    }),
    rejected,
  };
}

/** A facet alone, as the specification's own samples have it, in an event that may carry it. */
const CARRIERS: Readonly<Record<string, (facet: object) => object>> = {
  'facet-data-quality-assertions.json': (facet) =>
    event({ inputs: [{ namespace: 'warehouse', name: 'orders', inputFacets: facet }] }),
  'facet-error-message.json': (facets) => event({ eventType: 'FAIL', run: { runId: RUN_ID, facets } }),
  'facet-extraction-error.json': (facets) => event({ run: { runId: RUN_ID, facets } }),
  'facet-parent-run.json': (facets) => event({ eventType: 'START', run: { runId: RUN_ID, facets } }),
};

describe('fixtures', () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.json')))('%s', (name) => {
    const file = readFileSync(FOLDER + name);
    const carrier = CARRIERS[name];
    const body =
      carrier === undefined ? file : Buffer.from(JSON.stringify(carrier(JSON.parse(file.toString('utf8')) as object)));
    const outcome: unknown = JSON.parse(JSON.stringify(outcomeOf(body)));
    // To be read before it is committed.
    if (process.env['UPDATE_GOLDEN'] === '1')
      writeFileSync(`${FOLDER}golden/${name}`, `${JSON.stringify(outcome, null, 2)}\n`);
    expect(outcome).toEqual(JSON.parse(readFileSync(`${FOLDER}golden/${name}`, 'utf8')));
  });
});

describe('reading', () => {
  it('takes one event, a list, and tells which of a list are none', () => {
    expect(read(event())).toMatchObject({ isList: false, events: [{ index: 0 }] });
    const mixed = read([event(), event({ run: { runId: 'x' } }), { a: 1 }]);
    expect(mixed.events.map(({ index }) => index)).toEqual([0]);
    expect(mixed.rejected).toEqual([
      { index: 1, runId: 'x', job: 'load', reason: '/run/runId: must be a uuid, got "x"' },
      { index: 2, runId: null, job: null, reason: expect.stringContaining('/eventTime: is missing') },
    ]);
  });

  it('keeps each event of a list as it was sent', () => {
    const text = `[ ${JSON.stringify(event())} , {"eventTime":"2026-01-01T00:00:00Z","producer":"p", "dataset":{"namespace":"n","name":"d","facets":{"x":{"n":1.10}}}} ]`;
    const { events } = readLineageEvents(Buffer.from(text));
    expect(Buffer.from(events[1]!.body).toString()).toContain('"producer":"p", "dataset"');
    expect(Buffer.from(events[1]!.body).toString()).toContain('1.10');
  });

  it.each([
    ['a run without a job', { job: undefined }, '/job: is missing'],
    ['a job without a name', { job: { namespace: 'n' } }, '/job/name: is missing'],
    ['no producer', { producer: undefined }, '/producer: is missing'],
    ['no time', { eventTime: undefined }, '/eventTime: is missing'],
    ['a date for a time', { eventTime: '2026-09-30' }, '/eventTime'],
    ['a day that is none', { eventTime: '2026-02-30T00:00:00Z' }, '/eventTime'],
    ['an unknown type', { eventType: 'DONE' }, '/eventType: must be one of START'],
    ['a nil run id', { run: { runId: '00000000-0000-0000-0000-000000000000' } }, '/run/runId'],
    ['inputs that are no list', { inputs: {} }, '/inputs: expected a list'],
    ['a dataset without namespace', { outputs: [{ name: 'x' }] }, '/outputs/0/namespace: is missing'],
  ])('refuses %s, and says where', (_title, change, reason) => {
    const { events, rejected } = read(event(change));
    expect(events).toEqual([]);
    expect(rejected[0]!.reason).toContain(reason);
  });

  it.each([
    ['lower case, an id in upper case', { eventType: 'complete', run: { runId: RUN_ID.toUpperCase() } }],
    ['no type', { eventType: undefined }],
    ['no schemaURL', { schemaURL: undefined }],
    ['null where nothing is', { inputs: null, eventType: null }],
    [
      'facets that nobody knows, or that are none',
      { run: { runId: RUN_ID, facets: { custom: 7, parent: 'x', errorMessage: [] } } },
    ],
    ['microseconds without zone', { eventTime: '2026-09-30T02:10:44.120123' }],
  ])('takes %s', (_title, change) => {
    expect(read(event(change)).rejected).toEqual([]);
  });

  it.each(['', '{', '[', 'nonsense', Buffer.from([0xff])])('refuses what is no JSON: %s', (body) => {
    expect(() => readLineageEvents(Buffer.from(body))).toThrow(MalformedLineage);
  });

  it('gives the same event the same key, and another one another', () => {
    const key = (change: object = {}): string => {
      const [one] = read(event(change)).events;
      return lineageScopedKey(one!.event, one!.body);
    };
    expect(key()).toBe('ol:0190f1c2-7e5a-7b3c-9a55-3b0c6b6f4d21:COMPLETE:2026-09-30T02%3A10%3A44.120Z:close/load');
    // Sent again by another client: other members, other order.
    expect(key({ inputs: undefined })).toBe(key());
    const others = [
      { eventType: 'START' },
      { eventTime: '2026-09-30T02:10:44.121Z' },
      { job: { namespace: 'close/load', name: 'x' } },
    ];
    expect(new Set([key(), ...others.map(key)]).size).toBe(4);
    expect(key({ eventType: undefined })).not.toBe(key({ eventType: undefined, inputs: undefined }));
  });

  it('survives anything', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.anything().map((value) => JSON.stringify(event({ run: value, inputs: value })) ?? ''),
        ),
        (text) => {
          const { events } = readLineageEvents(Buffer.from(text));
          for (const one of events) mapOpenLineage(stored(one), REFERENCE);
        },
      ),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          readLineageEvents(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedLineage);
        }
      }),
    );
  });
});

describe('mapping', () => {
  it('a failed run has its error: class as discriminator, first line as message, the rest as payload', () => {
    const facets = {
      errorMessage: {
        message: 'connection timed out\nmore',
        programmingLanguage: 'JAVA',
        stackTrace: 'java.net.SocketTimeoutException: Read timed out\n\tat a.b(C.java:1)',
      },
    };
    const [activity] = activitiesOf(
      mapped({ eventType: 'FAIL', run: { runId: RUN_ID, facets } }, { sourceSystem: 'airflow' }),
    );
    expect(activity).toMatchObject({
      type: 'run.failed',
      outcome: 'failure',
      system: 'airflow',
      integration: 'close/load',
      runKey: `run:airflow:${RUN_ID}`,
      problem: {
        taxonomy: 'platform.time-out',
        discriminators: { state: 'FAIL', errorType: 'java.net.SocketTimeoutException' },
        message: 'connection timed out',
        payload: { programmingLanguage: 'JAVA', stackTrace: expect.stringContaining('C.java') },
      },
    });
  });

  it('an aborted run has failed; one that is complete with an error contradicts itself', () => {
    expect(activitiesOf(mapped({ eventType: 'ABORT' }))[0]).toMatchObject({
      type: 'run.aborted',
      outcome: 'failure',
      problem: { message: 'close/load was aborted' },
    });
    const facets = { errorMessage: { message: 'lost 3 rows' } };
    expect(activitiesOf(mapped({ run: { runId: RUN_ID, facets } }))).toMatchObject([
      { type: 'run.completed', outcome: 'success' },
      { type: 'run.contradicted', outcome: 'failure', problem: { taxonomy: 'data-quality.conflicting-outcome' } },
    ]);
  });

  it('names parent and root, so that their own events are about the same runs', () => {
    const [parentId, rootId] = ['3f5e83fa-3480-44ff-99c5-ff943904e5e8', '4f5e83fa-3480-44ff-99c5-ff943904e5e8'];
    const parent = {
      run: { runId: parentId.toUpperCase() },
      job: { namespace: 'airflow', name: 'dag' },
      root: { run: { runId: rootId }, job: { namespace: 'airflow', name: 'all' } },
    };
    const [child] = activitiesOf(mapped({ eventType: 'START', run: { runId: RUN_ID, facets: { parent } } }));
    const [own] = activitiesOf(
      mapped({ eventType: 'START', run: { runId: parentId }, job: { namespace: 'airflow', name: 'dag' } }),
    );
    expect(child!.objects.map(({ qualifier, aliases }) => [qualifier, aliases[0].value])).toEqual([
      ['subject', RUN_ID],
      ['parent', parentId],
      ['root', rootId],
    ]);
    expect(child!.objects[1]!.aliases).toEqual(own!.objects[0]!.aliases);
    expect(child!.links).toEqual([{ from: 1, to: 0, qualifier: 'part-of' }]);
    expect(child!.objects[0]!.attributes).toMatchObject({
      parentRun: parentId,
      parentJob: 'airflow/dag',
      rootRun: rootId,
    });
  });

  const invoice = (value: string) => ({
    facets: {
      throughline_businessObjects: { objects: [{ type: 'invoice', keys: [{ kind: 'invoice-number', value }] }] },
    },
  });

  it('business objects of facets and of names of datasets flow from inputs to outputs, once it is done', () => {
    const change = {
      inputs: [{ namespace: 'pg', name: 'ar', ...invoice('INV-1') }],
      outputs: [
        { namespace: 'throughline://kyriba', name: 'cash-forecast/forecast-id/F-7' },
        { namespace: 'x', name: 'plain' },
      ],
    };
    const [done] = activitiesOf(mapped(change, { sourceSystem: 'airflow' }));
    expect(
      done!.objects.map(({ type, qualifier, aliases }) => [type, qualifier, aliases[0].system, aliases[0].value]),
    ).toEqual([
      ['run', 'subject', 'airflow', RUN_ID],
      ['invoice', 'input', 'airflow', 'INV-1'],
      ['cash-forecast', 'output', 'kyriba', 'F-7'],
    ]);
    expect(done!.links).toEqual([{ from: 1, to: 2, qualifier: 'feeds' }]);
    expect(done!.objects[0]!.attributes).toMatchObject({
      inputs: 'pg/ar',
      outputs: expect.stringContaining('x/plain'),
    });
    expect(activitiesOf(mapped({ ...change, eventType: 'FAIL' }))[0]!.links).toEqual([]);
    expect(activitiesOf(mapped({ ...change, eventType: 'START' }))[0]!.links).toEqual([]);
  });

  it('a facet of business objects that is wrong is told with its place', () => {
    const facets = { throughline_businessObjects: { objects: [{ type: 'bill', keys: [] }] } };
    expect(mapped({ outputs: [{ namespace: 'n', name: 'd', outputFacets: facets }] })).toMatchObject({
      outcome: 'unmapped',
      unmapped: { code: 'invalid-output', place: '/outputs/0/outputFacets/throughline_businessObjects/objects/0/type' },
    });
  });

  it('assertions are control evidence: failures of severity error are failures, warnings are shown', () => {
    const assertions = [
      { assertion: 'not_null', column: 'iban', success: false, expected: '0', actual: '3' },
      { assertion: 'unique', column: 'id', success: false, severity: 'warn' },
      { assertion: 'row_count_equal_to', success: true, severity: 'error' },
      { assertion: 'expect_row_count', success: false, severity: 'ERROR' },
      { assertion: 'broken' },
    ];
    const inputs = [{ namespace: 'pg', name: 'ar', facets: { dataQualityAssertions: { assertions } } }];
    const [, ...evidence] = activitiesOf(mapped({ inputs }));
    expect(
      evidence.map(({ type, outcome, problem, objects }) => [
        type,
        outcome,
        problem?.taxonomy,
        problem?.discriminators,
        objects[0]!.attributes!['result'],
      ]),
    ).toEqual([
      [
        'control-evidence.failed',
        'failure',
        'data-quality.missing-field',
        { assertion: 'not_null', column: 'iban' },
        'failed',
      ],
      ['control-evidence.captured', 'success', undefined, undefined, 'warned'],
      ['control-evidence.captured', 'success', undefined, undefined, 'passed'],
      ['control-evidence.failed', 'failure', 'reconciliation.count-break', { assertion: 'expect_row_count' }, 'failed'],
    ]);
    expect(evidence[0]!.problem!.message).toBe('not_null of iban failed on pg/ar: expected 0, got 3');
  });

  it('assertions of a dataset event are evidence too', () => {
    const dataset = {
      namespace: 'pg',
      name: 'ar',
      facets: { dataQualityAssertions: { assertions: [{ assertion: 'unique', success: false }] } },
    };
    const one = read({ eventTime: '2026-09-30T02:10:44Z', producer: 'p', dataset }).events[0]!;
    expect(activitiesOf(mapOpenLineage(stored(one), REFERENCE))).toMatchObject([
      { type: 'control-evidence.failed', problem: { taxonomy: 'data-quality.duplicate' } },
    ]);
  });

  it('a trace and a requeue are taken from custom run facets', () => {
    const facets = {
      trace: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
      throughline_requeue: { requeueId: '11111111-2222-4333-8444-555555555555' },
    };
    const [activity] = activitiesOf(mapped({ run: { runId: RUN_ID, facets } }));
    expect(activity).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      requeueId: '11111111-2222-4333-8444-555555555555',
      runKey: `run:close:${RUN_ID}`,
    });
  });

  it('what redaction left of an event may be no event any more: told, not thrown', () => {
    const [one] = read(event()).events;
    expect(mapOpenLineage(stored(one!, { body: Buffer.from('{"job":{}}') }), REFERENCE)).toMatchObject({
      outcome: 'unmapped',
      unmapped: { code: 'contract-violation' },
    });
    expect(mapOpenLineage(stored(one!, { body: Buffer.from('{') }), REFERENCE)).toMatchObject({
      outcome: 'unmapped',
      unmapped: { code: 'unreadable' },
    });
  });
});

describe('state of a run', () => {
  const at = (minute: number): string => `2026-09-30T10:${String(minute).padStart(2, '0')}:00.000Z`;
  const says = (
    eventType: RunStateEvent['eventType'],
    minute: number,
    eventId = `${eventType}${minute}`,
  ): RunStateEvent => ({ eventType, occurredAt: at(minute), eventId });

  it.each<[string, RunStateEvent[], object]>([
    ['nothing', [], { state: 'UNKNOWN', startedAt: null, endedAt: null }],
    [
      'a START after the COMPLETE does not revive it',
      [says('COMPLETE', 5), says('START', 1)],
      { state: 'COMPLETE', startedAt: at(1), endedAt: at(5) },
    ],
    ['not even one that is later', [says('COMPLETE', 5), says('START', 9)], { state: 'COMPLETE', endedAt: at(5) }],
    ['OTHER before START', [says('OTHER', 0), says('START', 1)], { state: 'START', startedAt: at(1), endedAt: null }],
    ['running', [says('START', 1), says('RUNNING', 2), says('RUNNING', 3)], { state: 'RUNNING', startedAt: at(1) }],
    [
      'two ends: the later, and a conflict',
      [says('COMPLETE', 5), says('FAIL', 4)],
      { state: 'COMPLETE', hasConflict: true, terminalStates: ['COMPLETE', 'FAIL'] },
    ],
    [
      'two ends at once: the graver',
      [says('COMPLETE', 5), says('ABORT', 5), says('FAIL', 5)],
      { state: 'FAIL', hasConflict: true },
    ],
    [
      'the same end twice is none',
      [says('FAIL', 5), says('FAIL', 6)],
      { state: 'FAIL', endedAt: at(6), hasConflict: false },
    ],
  ])('%s', (_title, events, expected) => {
    expect(openLineageRunState(events)).toMatchObject(expected);
    expect(openLineageRunState([...events].reverse())).toEqual(openLineageRunState(events));
  });

  const anyEvent = fc.record({
    eventType: fc.constantFrom('START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'),
    occurredAt: fc.integer({ min: 0, max: 5 }).map(at),
    eventId: fc.constantFrom('a', 'b', 'c'),
  }) as fc.Arbitrary<RunStateEvent>;
  const anyEvents = fc.array(anyEvent, { maxLength: 8 });
  const anyState = anyEvents.map(openLineageRunState);

  it('is a join: commutative, associative, idempotent, with the unknown as its neutral element', () => {
    fc.assert(
      fc.property(anyState, anyState, anyState, (a, b, c) => {
        expect(joinRunStates(a, b)).toEqual(joinRunStates(b, a));
        expect(joinRunStates(joinRunStates(a, b), c)).toEqual(joinRunStates(a, joinRunStates(b, c)));
        expect(joinRunStates(a, a)).toEqual(a);
        expect(joinRunStates(a, UNKNOWN_RUN_STATE)).toEqual(a);
      }),
    );
  });

  it('is the same in any order, with any repetition, in any parts', () => {
    fc.assert(
      fc.property(
        anyEvents.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
            fc.nat(20),
          ),
        ),
        ([events, shuffled, cut]) => {
          const whole = openLineageRunState(events);
          expect(openLineageRunState(shuffled)).toEqual(whole);
          expect(
            joinRunStates(openLineageRunState(shuffled.slice(0, cut)), openLineageRunState(shuffled.slice(cut))),
          ).toEqual(whole);
        },
      ),
    );
  });
});
