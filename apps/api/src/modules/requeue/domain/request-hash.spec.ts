import { expect, it } from '@jest/globals';
import { requestHash } from './request-hash.js';
import { SHIPPED_LIMITS, type RunLimits } from './run.js';

const SELECTION = Buffer.alloc(32, 1);
const hash = (limits: RunLimits, selection = SELECTION) => requestHash(selection, limits).toString('hex');

it('of a request is another one for each other limit, and for another selection', () => {
  const others: Partial<RunLimits>[] = [
    { ratePerSecond: 51 },
    { canary: 6 },
    { canaryProof: 'ACKNOWLEDGED' },
    { ramp: 11 },
    { maxInFlight: 51 },
    { stopPercent: 21 },
    { stopMinimum: 11 },
  ];
  const all = others.map((other) => hash({ ...SHIPPED_LIMITS, ...other }));
  expect(new Set([...all, hash(SHIPPED_LIMITS), hash(SHIPPED_LIMITS, Buffer.alloc(32, 2))]).size).toBe(9);
});

it('of a request is the same by whatever else stands beside its limits, in whichever order', () => {
  const turned = Object.fromEntries(Object.entries(SHIPPED_LIMITS).reverse()) as RunLimits;
  expect(hash({ ...turned, ...{ note: 'x' } })).toBe(hash(SHIPPED_LIMITS));
});

it('of a request is one that stays what it is', () => {
  expect(hash(SHIPPED_LIMITS)).toMatchInlineSnapshot(
    `"ae0284334f999534b0ba1ad668fe7abc9c1cdb08a210396682b3f7ec16bbd02c"`,
  );
});
