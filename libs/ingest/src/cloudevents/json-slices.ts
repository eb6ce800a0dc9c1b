/** A member of a JSON object: its name and where its value stands in the text. */
export type MemberSlice = { name: string; start: number; end: number };

/**
 * Where the members of the object at `start` stand. The text must have passed JSON.parse already. Lets the data of an
 * event be stored exactly as it was sent: parsing and writing it again would change `1.10` and long integers.
 */
export function objectMembers(text: string, start = 0): MemberSlice[] {
  const members: MemberSlice[] = [];
  let position = skipSpace(text, skipSpace(text, start) + 1);
  while (text[position] === '"') {
    const nameEnd = endOfString(text, position);
    const name: unknown = JSON.parse(text.slice(position, nameEnd));
    const valueStart = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = endOfValue(text, valueStart);
    members.push({ name: String(name), start: valueStart, end });
    position = skipSpace(text, end);
    if (text[position] === ',') position = skipSpace(text, position + 1);
  }
  return members;
}

/** Where the elements of the array that the text holds begin. The text must have passed JSON.parse already. */
export function arrayElementStarts(text: string): number[] {
  return arrayElementSlices(text).map(({ start }) => start);
}

/** Where the elements of the array that the text holds stand. The text must have passed JSON.parse already. */
export function arrayElementSlices(text: string): { start: number; end: number }[] {
  const slices: { start: number; end: number }[] = [];
  let position = skipSpace(text, skipSpace(text, 0) + 1);
  while (position < text.length && text[position] !== ']') {
    const end = endOfValue(text, position);
    slices.push({ start: position, end });
    position = skipSpace(text, end);
    if (text[position] === ',') position = skipSpace(text, position + 1);
  }
  return slices;
}

function skipSpace(text: string, start: number): number {
  let position = start;
  while (/\s/.test(text.charAt(position))) position += 1;
  return position;
}

function endOfString(text: string, start: number): number {
  let position = start + 1;
  while (position < text.length && text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
  return position + 1;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  let position = start;
  do {
    const character = text[position];
    if (character === '"') {
      position = endOfString(text, position);
    } else if (character === '{' || character === '[') {
      depth += 1;
      position += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      position += 1;
    } else if (depth > 0) {
      position += 1;
    } else {
      // a number, true, false or null
      while (position < text.length && !/[\s,\]}]/.test(text.charAt(position))) position += 1;
    }
  } while (depth > 0 && position < text.length);
  return position;
}
