/** Deeper and more members than any message has that names its type. */
const DEEPEST = 12;
const MOST_MEMBERS = 5_000;
/** Shorter texts (a flag, a country) are in a type by chance. */
const SHORTEST_NAME = 3;
/** A part of a type that says enough to be looked for within longer texts, such as an address. */
const SHORTEST_PART = 8;

/**
 * JSON pointer of the member of a decoded payload that names the type which its pack read from it: the longest text that is
 * part of the type, of equally long ones the one nearest to the root; where there is none, a text such as an address that
 * holds a part of the type. Undefined when nothing names it, as for a type that a pack gives to what it does not know.
 */
export function placeOfType(payload: unknown, type: string): string | undefined {
  const wanted = squeezed(type);
  const parts = type.split(/[.:/]/).map(squeezed);
  const tellingParts = parts.filter((part) => part.length >= SHORTEST_PART);
  let best: { place: string; length: number } | undefined;
  let holding: string | undefined;
  for (const { text, place } of textsIn(payload)) {
    const name = squeezed(text);
    if (name.length >= SHORTEST_NAME && name.length > (best?.length ?? 0) && wanted.includes(name))
      best = { place, length: name.length };
    else if (holding === undefined && tellingParts.some((part) => name.includes(part))) holding = place;
  }
  return best?.place ?? holding;
}

/** Every text of a payload with its pointer, the ones nearest to the root first. */
function* textsIn(payload: unknown): Generator<{ text: string; place: string }> {
  let waiting: { value: unknown; place: string }[] = [{ value: payload, place: '' }];
  let seen = 0;
  for (let depth = 0; depth <= DEEPEST && waiting.length > 0; depth += 1) {
    const below: typeof waiting = [];
    for (const { value, place } of waiting) {
      if ((seen += 1) > MOST_MEMBERS) return;
      if (typeof value === 'string' && place !== '') yield { text: value, place };
      if (typeof value !== 'object' || value === null) continue;
      for (const [member, inside] of Object.entries(value))
        below.push({ value: inside, place: `${place}/${escaped(member)}` });
    }
    waiting = below;
  }
}

/** Packs change case and leave out signs when they make a type of a name. */
function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function escaped(member: string): string {
  return member.replaceAll('~', '~0').replaceAll('/', '~1');
}
