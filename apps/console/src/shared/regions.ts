/** Regions of the world that entities lie in. */
export const REGIONS = ['AMERICAS', 'APAC', 'EMEA'] as const;
export type RegionName = (typeof REGIONS)[number];
