/** The limits that come with the product. */
export const LIMITS = {
  ratePerSecond: 50,
  canary: 5,
  canaryProof: 'VERIFIED' as const,
  ramp: 10,
  maxInFlight: 50,
  stopPercent: 20,
  stopMinimum: 10,
};
