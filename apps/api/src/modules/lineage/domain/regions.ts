/** Regions by which a group looks at its entities. */
export const REGIONS = ['AMERICAS', 'APAC', 'EMEA'] as const;

export type Region = (typeof REGIONS)[number];

const AMERICAS =
  'AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI';
const APAC =
  'AS AU BD BN BT CC CK CN CX FJ FM GU HK ID IN JP KH KI KP KR LA LK MH MM MN MO MP MV MY NC NF NP NR NU NZ PF PG PH PK PN PW SB SG TH TK TL TO TV TW VN VU WF WS';

const REGION_OF: ReadonlyMap<string, Region> = new Map([
  ...AMERICAS.split(' ').map((country) => [country, 'AMERICAS'] as const),
  ...APAC.split(' ').map((country) => [country, 'APAC'] as const),
]);

/** Region of an ISO 3166 country; what is neither in the Americas nor in Asia-Pacific is EMEA. */
export function regionOf(country: string): Region {
  return REGION_OF.get(country.toUpperCase()) ?? 'EMEA';
}

/** The countries of regions; where EMEA is among them, also those that are none of `butNot`. A country's own code is a region too. */
export function countriesIn(regions: readonly string[]): { countries: string[]; butNot: string[] | null } {
  const wanted = regions.map((region) => region.toUpperCase());
  const listed = [...REGION_OF].filter(([, region]) => wanted.includes(region)).map(([country]) => country);
  return { countries: [...wanted, ...listed], butNot: wanted.includes('EMEA') ? [...REGION_OF.keys()] : null };
}

/** Codes of the entities that lie in one of the regions; a country's own code is a region too. */
export function entitiesIn(
  regions: readonly string[],
  entities: readonly { code: string; country: string }[],
): string[] {
  const wanted = new Set(regions.map((region) => region.toUpperCase()));
  return entities
    .filter(({ country }) => wanted.has(regionOf(country)) || wanted.has(country.toUpperCase()))
    .map(({ code }) => code);
}
