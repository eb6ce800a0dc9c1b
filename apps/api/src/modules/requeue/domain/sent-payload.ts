import { isObject, readJson, writeJson, type JsonTree } from '../corrections/domain/json-tree.js';
import { maskTree } from '../corrections/domain/masked-tree.js';

/** The payload of what was frozen and sent, as far as a person may see it. */
export type SentPayload = {
  /** Null = there is none, or the person may not see it. */
  text: string | null;
  /** Of the whole text, whoever looks at it; null = there is none, or it cannot be read. */
  bytes: number | null;
  isMasked: boolean;
  /** Why there is no text. */
  whyNot: string | null;
};

/** The payload of a body, by the rules of every view of payloads; what is no JSON of its own is the text that it is. */
export function sentPayload(
  body: string,
  { mayRead, mayUnmask }: { mayRead: boolean; mayUnmask: boolean },
): SentPayload {
  const whole = readBody(body);
  if (whole === undefined) return { text: null, bytes: null, isMasked: false, whyNot: UNREADABLE };
  const payload = isObject(whole) ? (whole.get('payload') ?? null) : null;
  if (payload === null) {
    return { text: null, bytes: null, isMasked: false, whyNot: 'It carried no payload.' };
  }
  const bytes = Buffer.byteLength(textOf(payload), 'utf8');
  if (!mayRead) return { text: null, bytes, isMasked: true, whyNot: 'To see it needs the right to see payloads.' };
  if (mayUnmask) return { text: textOf(payload), bytes, isMasked: false, whyNot: null };
  const { tree, places } = maskTree(payload);
  return { text: textOf(tree), bytes, isMasked: places.size > 0, whyNot: null };
}

const UNREADABLE = 'It cannot be shown: it is nested too deep, or is not readable.';

/** Undefined = it is nested too deep, or is none that can be read. */
function readBody(body: string): JsonTree | undefined {
  try {
    return readJson(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function textOf(payload: JsonTree): string {
  return typeof payload === 'string' ? payload : writeJson(payload);
}
