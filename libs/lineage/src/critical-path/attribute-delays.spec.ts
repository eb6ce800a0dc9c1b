import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DELAY_DIMENSIONS, type DelayContext, attributeDelays, occurrencesOf } from './attribute-delays.js';
import type { JourneySegment } from './transaction-critical-path.js';
import { WAITING_REASONS } from './waiting-reason.js';

const HOUR = 3_600_000;
const CONTEXT: DelayContext = {
  productOf: (system) => ({ crm: 'salesforce', 'erp-de': 'sap-s4hana', hub: 'mulesoft' })[system] ?? null,
  targetOf: (integration) => (integration === 'billing' ? 'erp-de' : null),
  regionOf: (legalEntity) => ({ DE01: 'DE', US01: 'US' })[legalEntity] ?? null,
};

function segment(hours: number, more: Partial<JourneySegment> = {}): JourneySegment {
  return {
    from: '',
    until: '',
    reason: 'queue',
    wallMs: hours * HOUR,
    businessMs: (hours * HOUR) / 2,
    system: '',
    integration: '',
    milestone: null,
    legalEntity: null,
    endedBy: null,
    isOfFile: false,
    ...more,
  };
}

/** One order in Germany and one in the United States. */
const WAYS: JourneySegment[][] = [
  [
    segment(1, { system: 'crm', milestone: 'approved', legalEntity: 'DE01' }),
    segment(2, { reason: 'approval', system: 'crm', milestone: 'approved', legalEntity: 'DE01' }),
    segment(4, { integration: 'billing', milestone: 'posted', legalEntity: 'DE01' }),
    segment(8, { reason: 'retry', system: 'hub', integration: 'billing', milestone: 'posted', legalEntity: 'DE01' }),
    segment(1, { reason: null, system: 'hub', integration: 'billing', milestone: 'posted', legalEntity: 'DE01' }),
  ],
  [
    segment(16, { reason: 'batch-window', system: 'bank', isOfFile: true, milestone: 'paid', legalEntity: 'US01' }),
    segment(32, { reason: 'calendar-closed', milestone: 'paid', legalEntity: 'US01' }),
    segment(64, { reason: 'upstream-missing', milestone: 'paid', legalEntity: 'XX' }),
    segment(1, { system: 'crm', milestone: 'paid' }),
  ],
];

describe('attribution of delays', () => {
  it.each([
    [
      'kind',
      {
        'upstream-missing': 64,
        'calendar-closed': 32,
        'bank-file-processing': 16,
        'middleware-retry': 8,
        'erp-posting-queue': 4,
        approval: 2,
        'crm-workflow': 2,
        middleware: 1,
      },
    ],
    [
      'reason',
      { 'upstream-missing': 64, 'calendar-closed': 32, 'batch-window': 16, retry: 8, queue: 6, approval: 2, work: 1 },
    ],
    ['system', { '': 96, bank: 16, hub: 9, 'erp-de': 4, crm: 4 }],
    ['integration', { '': 116, billing: 13 }],
    ['hop', { paid: 113, posted: 13, approved: 3 }],
    ['region', { '': 65, US: 48, DE: 16 }],
    ['legal-entity', { XX: 64, US01: 48, DE01: 16, '': 1 }],
  ] as const)('tells hours apart by %s', (dimension, hours) => {
    const { parts } = attributeDelays(WAYS, dimension, CONTEXT);
    expect(Object.fromEntries(parts.map(({ key, wallMs }) => [key, wallMs / HOUR]))).toEqual(hours);
  });

  it('puts the longest first, and says in how many ways it occurs and how much of it was waiting', () => {
    const { parts, ...whole } = attributeDelays(WAYS, 'system', CONTEXT);
    expect(whole).toEqual({ dimension: 'system', wallMs: 129 * HOUR, businessMs: 64.5 * HOUR, waitingMs: 128 * HOUR });
    expect(parts.map(({ key, ways, waitingMs }) => [key, ways, waitingMs / HOUR])).toEqual([
      ['', 1, 96],
      ['bank', 1, 16],
      ['hub', 1, 8],
      ['crm', 2, 4],
      ['erp-de', 1, 4],
    ]);
  });

  it.each([
    [
      'system',
      'crm',
      [
        [0, 3],
        [1, 1],
      ],
    ],
    ['system', '', [[1, 96]]],
    ['legal-entity', 'DE01', [[0, 16]]],
    ['hop', 'paid', [[1, 113]]],
    ['hop', 'shipped', []],
  ] as const)('says which ways the time of %s %p lies in, the longest first', (dimension, key, hours) => {
    const found = occurrencesOf(WAYS, dimension, key, CONTEXT);
    expect(found.map(({ way, wallMs }) => [way, wallMs / HOUR])).toEqual(hours);
  });

  it('has parts that add up to the whole in every dimension, and ways that add up to each part', () => {
    const anySegment = fc
      .record({
        wall: fc.nat(10_000),
        reason: fc.constantFrom(null, ...WAITING_REASONS),
        system: fc.constantFrom('', 'crm', 'erp-de', 'hub', 'bank'),
        integration: fc.constantFrom('', 'billing'),
        milestone: fc.constantFrom(null, 'paid', 'posted'),
        legalEntity: fc.constantFrom(null, 'DE01', 'XX'),
        isOfFile: fc.boolean(),
      })
      .map(({ wall, ...rest }) => ({ ...segment(0, rest), wallMs: wall, businessMs: Math.floor(wall / 3) }));
    fc.assert(
      fc.property(fc.array(fc.array(anySegment)), fc.constantFrom(...DELAY_DIMENSIONS), (ways, dimension) => {
        const { parts, wallMs, businessMs, waitingMs } = attributeDelays(ways, dimension, CONTEXT);
        const total = (read: (part: (typeof parts)[number]) => number) =>
          parts.reduce((sum, part) => sum + read(part), 0);
        expect([
          total((part) => part.wallMs),
          total((part) => part.businessMs),
          total((part) => part.waitingMs),
        ]).toEqual([wallMs, businessMs, waitingMs]);
        expect(wallMs).toBe(ways.flat().reduce((sum, one) => sum + one.wallMs, 0));
        for (const { key, ...part } of parts) {
          const occurrences = occurrencesOf(ways, dimension, key, CONTEXT);
          const sum = (read: (one: (typeof occurrences)[number]) => number) =>
            occurrences.reduce((left, one) => left + read(one), 0);
          expect({
            wallMs: sum((one) => one.wallMs),
            businessMs: sum((one) => one.businessMs),
            waitingMs: sum((one) => one.waitingMs),
            ways: occurrences.length,
          }).toEqual(part);
        }
      }),
      { numRuns: 200 },
    );
  });
});
