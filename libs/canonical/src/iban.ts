// Structure of the national part per country (SWIFT IBAN registry): counts of n = digits, a = letters, c = either.
const STRUCTURES: Readonly<Record<string, string>> = {
  AD: '8n12c',
  AE: '19n',
  AL: '8n16c',
  AT: '16n',
  AZ: '4a20c',
  BA: '16n',
  BE: '12n',
  BG: '4a6n8c',
  BH: '4a14c',
  BI: '23n',
  BR: '23n1a1c',
  BY: '4c4n16c',
  CH: '5n12c',
  CR: '18n',
  CY: '8n16c',
  CZ: '20n',
  DE: '18n',
  DJ: '23n',
  DK: '14n',
  DO: '4c20n',
  EE: '16n',
  EG: '25n',
  ES: '20n',
  FI: '14n',
  FK: '2a12n',
  FO: '14n',
  FR: '10n11c2n',
  GB: '4a14n',
  GE: '2a16n',
  GI: '4a15c',
  GL: '14n',
  GR: '7n16c',
  GT: '4c20c',
  HN: '4a20n',
  HR: '17n',
  HU: '24n',
  IE: '4a14n',
  IL: '19n',
  IQ: '4a15n',
  IS: '22n',
  IT: '1a10n12c',
  JO: '4a4n18c',
  KW: '4a22c',
  KZ: '3n13c',
  LB: '4n20c',
  LC: '4a24c',
  LI: '5n12c',
  LT: '16n',
  LU: '3n13c',
  LV: '4a13c',
  LY: '21n',
  MC: '10n11c2n',
  MD: '2c18c',
  ME: '18n',
  MK: '3n10c2n',
  MN: '16n',
  MR: '23n',
  MT: '4a5n18c',
  MU: '4a19n3a',
  NI: '4a20n',
  NL: '4a10n',
  NO: '11n',
  OM: '3n16c',
  PK: '4a16c',
  PL: '24n',
  PS: '4a21c',
  PT: '21n',
  QA: '4a21c',
  RO: '4a16c',
  RS: '18n',
  RU: '14n15c',
  SA: '2n18c',
  SC: '4a20n3a',
  SD: '14n',
  SE: '20n',
  SI: '15n',
  SK: '20n',
  SM: '1a10n12c',
  SO: '19n',
  ST: '21n',
  SV: '4a20n',
  TL: '19n',
  TN: '20n',
  TR: '5n1n16c',
  UA: '6n19c',
  VA: '18n',
  VG: '4a16n',
  XK: '16n',
  YE: '4a4n18c',
};

type NationalPart = { length: number; pattern: RegExp };

const CHARACTERS: Readonly<Record<string, string>> = { n: '[0-9]', a: '[A-Z]', c: '[A-Z0-9]' };

function nationalPartOf(structure: string): NationalPart {
  const groups = [...structure.matchAll(/(\d+)([nac])/g)].map(([, count = '0', kind = 'c']) => ({
    count: Number(count),
    kind,
  }));
  return {
    length: groups.reduce((sum, group) => sum + group.count, 0),
    pattern: new RegExp(`^${groups.map((group) => `${CHARACTERS[group.kind]}{${group.count}}`).join('')}$`),
  };
}

const NATIONAL_PARTS: ReadonlyMap<string, NationalPart> = new Map(
  Object.entries(STRUCTURES).map(([country, structure]) => [country, nationalPartOf(structure)]),
);

/** ISO 7064 mod 97-10 over the rearranged text, digit by digit so that no number is ever larger than 97 × 100. */
function hasRightCheckDigits(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** True for an IBAN of the registry with right length, structure and check digits; spaces between groups are ignored. */
export function isIban(text: string): boolean {
  const compact = text.replace(/\s/g, '').toUpperCase();
  const national = NATIONAL_PARTS.get(compact.slice(0, 2));
  return (
    /^[A-Z]{2}\d{2}/.test(compact) &&
    national !== undefined &&
    national.pattern.test(compact.slice(4)) &&
    hasRightCheckDigits(compact)
  );
}

/** Where an IBAN stands in a text: from `start` up to, not including, `end`. */
export type IbanPosition = { start: number; end: number; iban: string };

const ALPHANUMERIC = /[A-Za-z0-9]/;
// How people and banks group an IBAN: one blank, point or hyphen, or a line break in a statement's free text.
const SEPARATOR = /^(?:[ \u00a0\u202f.-]|\r?\n)/;

function readFrom(text: string, start: number, length: number): { iban: string; end: number } | undefined {
  let iban = '';
  let at = start;
  while (iban.length < length) {
    const character = text[at];
    if (character === undefined) return undefined;
    if (ALPHANUMERIC.test(character)) {
      iban += character;
      at += 1;
      continue;
    }
    const separator = SEPARATOR.exec(text.slice(at, at + 2));
    if (!separator) return undefined;
    at += separator[0].length;
  }
  return { iban: iban.toUpperCase(), end: at };
}

/**
 * IBANs in free text, grouped or not, in any case. One with right check digits is found wherever it stands; one with
 * wrong check digits (a mistyped account is a frequent reason to look at a payload at all) when it stands alone as a
 * word of the right length and structure.
 */
export function findIbans(text: string): IbanPosition[] {
  const found: IbanPosition[] = [];
  const candidate = /[A-Z]{2}[ \u00a0]?[0-9]{2}/gi;
  for (let match = candidate.exec(text); match; match = candidate.exec(text)) {
    const start = match.index;
    const national = NATIONAL_PARTS.get(text.slice(start, start + 2).toUpperCase());
    const read = national && readFrom(text, start, national.length + 4);
    if (!national || !read || !national.pattern.test(read.iban.slice(4))) {
      candidate.lastIndex = start + 1;
      continue;
    }
    const isWord = !ALPHANUMERIC.test(text[start - 1] ?? '') && !ALPHANUMERIC.test(text[read.end] ?? '');
    if (isWord || hasRightCheckDigits(read.iban)) {
      found.push({ start, end: read.end, iban: read.iban });
      candidate.lastIndex = read.end;
    } else {
      candidate.lastIndex = start + 1;
    }
  }
  return found;
}
