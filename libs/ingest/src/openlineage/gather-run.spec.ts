import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { activityId, type Activity } from '@throughline/canonical';
import { gatherRun, type RunEventActivity } from './gather-run.js';
import { mapOpenLineage } from './map-open-lineage.js';
import { lineageSignalFacts } from './lineage-signal.js';
import { lineageScopedKey, readLineageEvents } from './read-lineage-events.js';

const RUN_ID = '0190f1c2-7e5a-7b3c-9a55-3b0c6b6f4d21';
const INVOICE = { namespace: 'throughline://erp', name: 'invoice/invoice-number/INV-1' };
const ORDER = { namespace: 'throughline://erp', name: 'sales-order/order-number/SO-1' };
const FORECAST = { namespace: 'throughline://kyriba', name: 'cash-forecast/forecast-id/F-7' };
const TABLE = { namespace: 'pg', name: 'ar' };

type Said = { eventType: string; minute: number; inputs?: object[]; outputs?: object[] };

/** The activity of the event itself. */
function told({ eventType, minute, inputs = [], outputs = [] }: Said): Activity {
  const body = Buffer.from(
    JSON.stringify({
      eventType,
      eventTime: `2026-09-30T02:${String(minute).padStart(2, '0')}:00.000Z`,
      producer: 'p',
      run: { runId: RUN_ID },
      job: { namespace: 'close', name: 'load' },
      inputs,
      outputs,
    }),
  );
  const [one] = readLineageEvents(body).events;
  const mapped = mapOpenLineage(
    {
      kind: 'openlineage',
      scopedKey: lineageScopedKey(one!.event, one!.body),
      sourceSystem: 'airflow',
      sourceKind: '',
      ...lineageSignalFacts(one!.event),
      contentType: 'application/json',
      body,
    },
    { kind: 'openlineage', receivedOn: '2026-09-30', signalId: activityId(`${eventType}${minute}`, 0) },
  );
  if (mapped.outcome !== 'mapped') throw new Error('not mapped');
  return mapped.activities[0]!;
}

const flows = (gathered: Activity | null) =>
  gathered?.links.map(({ from, to, qualifier }) => [
    gathered.objects[from]!.aliases[0].value,
    qualifier,
    gathered.objects[to]!.aliases[0].value,
  ]) ?? [];

describe('what the events of a run say together', () => {
  it.each<[string, Said[], unknown[], Record<string, string> | undefined]>([
    ['one event', [{ eventType: 'COMPLETE', minute: 5, inputs: [INVOICE], outputs: [FORECAST] }], [], undefined],
    [
      'inputs of the START, outputs of the COMPLETE',
      [
        { eventType: 'START', minute: 1, inputs: [INVOICE] },
        { eventType: 'COMPLETE', minute: 5, outputs: [FORECAST] },
      ],
      [['INV-1', 'feeds', 'F-7']],
      {
        inputs: 'throughline://erp/invoice/invoice-number/INV-1',
        outputs: 'throughline://kyriba/cash-forecast/forecast-id/F-7',
      },
    ],
    [
      'both of the START, nothing of the COMPLETE',
      [
        { eventType: 'START', minute: 1, inputs: [INVOICE], outputs: [FORECAST] },
        { eventType: 'COMPLETE', minute: 5 },
      ],
      [['INV-1', 'feeds', 'F-7']],
      {
        inputs: 'throughline://erp/invoice/invoice-number/INV-1',
        outputs: 'throughline://kyriba/cash-forecast/forecast-id/F-7',
      },
    ],
    [
      'each event a part of the inputs',
      [
        { eventType: 'START', minute: 1, inputs: [INVOICE, TABLE] },
        { eventType: 'RUNNING', minute: 3, inputs: [ORDER] },
        { eventType: 'COMPLETE', minute: 5, outputs: [FORECAST] },
      ],
      [
        ['INV-1', 'feeds', 'F-7'],
        ['SO-1', 'feeds', 'F-7'],
      ],
      {
        inputs: [
          'pg/ar',
          'throughline://erp/invoice/invoice-number/INV-1',
          'throughline://erp/sales-order/order-number/SO-1',
        ].join(', '),
        outputs: 'throughline://kyriba/cash-forecast/forecast-id/F-7',
      },
    ],
    [
      'a run that failed fed nothing, and its datasets are known',
      [
        { eventType: 'START', minute: 1, inputs: [INVOICE] },
        { eventType: 'RUNNING', minute: 2, inputs: [TABLE] },
        { eventType: 'FAIL', minute: 5, outputs: [FORECAST] },
      ],
      [],
      {
        inputs: 'pg/ar, throughline://erp/invoice/invoice-number/INV-1',
        outputs: 'throughline://kyriba/cash-forecast/forecast-id/F-7',
      },
    ],
    [
      'a dataset that is read and written',
      [
        { eventType: 'START', minute: 1, inputs: [INVOICE] },
        { eventType: 'COMPLETE', minute: 5, outputs: [INVOICE, FORECAST] },
      ],
      [['INV-1', 'feeds', 'F-7']],
      {
        inputs: 'throughline://erp/invoice/invoice-number/INV-1',
        outputs: [
          'throughline://erp/invoice/invoice-number/INV-1',
          'throughline://kyriba/cash-forecast/forecast-id/F-7',
        ].join(', '),
      },
    ],
    [
      'nothing that one of them does not say',
      [
        { eventType: 'START', minute: 1, inputs: [INVOICE], outputs: [FORECAST] },
        { eventType: 'COMPLETE', minute: 5, inputs: [INVOICE], outputs: [FORECAST] },
      ],
      [],
      undefined,
    ],
  ])('%s', (_title, said, expected, attributes) => {
    const gathered = gatherRun(said.map(told));
    expect(flows(gathered)).toEqual(expected);
    expect(gathered?.objects[0]!.attributes).toEqual(attributes);
  });

  const anySaid = fc.record({
    eventType: fc.constantFrom('START', 'RUNNING', 'COMPLETE', 'FAIL', 'OTHER'),
    minute: fc.integer({ min: 0, max: 4 }),
    inputs: fc.subarray([INVOICE, ORDER, TABLE]),
    outputs: fc.subarray([FORECAST, INVOICE]),
  });

  it('is the same in any order, with any repetition', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(anySaid, { maxLength: 6, selector: ({ eventType, minute }) => `${eventType}${minute}` })
          .map((said) => said.map((one): RunEventActivity => told(one)))
          .chain((events) =>
            fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
            ),
          ),
        ([events, shuffled]) => {
          expect(gatherRun(shuffled)).toEqual(gatherRun(events));
        },
      ),
    );
  });
});
