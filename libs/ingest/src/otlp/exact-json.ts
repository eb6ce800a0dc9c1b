/** From here on a JavaScript number may not be the integer that was written. */
const UNSAFE_DIGITS = 16;
const MAYBE_UNSAFE = /[:,[]\s*-?\d{16}/;

/**
 * JSON.parse, except that integers of 16 digits and more arrive as text: a double would lose nanoseconds
 * (1790000000000500123 becomes 1790000000000500200). Throws SyntaxError like JSON.parse.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(MAYBE_UNSAFE.test(text) ? quoteLongIntegers(text) : text);
}

function quoteLongIntegers(text: string): string {
  const pieces: string[] = [];
  let copiedTo = 0;
  let position = 0;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === 0x22) {
      position = endOfString(text, position);
    } else if (code === 0x2d || isDigit(code)) {
      const end = endOfNumber(text, position);
      const token = text.slice(position, end);
      if (token.length >= UNSAFE_DIGITS && /^-?(?:0|[1-9]\d*)$/.test(token)) {
        pieces.push(text.slice(copiedTo, position), `"${token}"`);
        copiedTo = end;
      }
      position = end;
    } else {
      position += 1;
    }
  }
  pieces.push(text.slice(copiedTo));
  return pieces.join('');
}

function endOfString(text: string, start: number): number {
  for (let position = start + 1; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === 0x5c) position += 1;
    else if (code === 0x22) return position + 1;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let position = start + 1;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    // digits . e E + -
    if (!isDigit(code) && code !== 0x2e && code !== 0x65 && code !== 0x45 && code !== 0x2b && code !== 0x2d) break;
    position += 1;
  }
  return position;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
