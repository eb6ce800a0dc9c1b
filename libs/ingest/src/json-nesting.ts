import { CHARACTERS_A_STEP } from './otlp/decode-in-steps.js';

/** Deeper JSON is refused where it comes in: whoever walks it later, a worker or a screen, must come to its end. */
export const DEEPEST_JSON = 200;

/** What is said of JSON that goes deeper, at a position in its text. */
export function nestedTooDeeply(position: number): string {
  return `is nested deeper than ${DEEPEST_JSON} levels (position ${position})`;
}

/** Where JSON in UTF-8 goes deeper than it may; undefined when nowhere. What is no JSON has some answer, too. In steps. */
export function* tooDeepSteps(body: Uint8Array): Generator<void, number | undefined> {
  let depth = 0;
  let isInText = false;
  let turnOver = CHARACTERS_A_STEP;
  for (let position = 0; position < body.length; position += 1) {
    if (position >= turnOver) {
      turnOver = position + CHARACTERS_A_STEP;
      yield;
    }
    const byte = body[position];
    if (byte === 0x22) isInText = !isInText;
    else if (isInText) {
      if (byte === 0x5c) position += 1;
    } else if (byte === 0x7b || byte === 0x5b) {
      if ((depth += 1) > DEEPEST_JSON) return position;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return undefined;
}
