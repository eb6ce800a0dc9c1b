export type PayloadLine = {
  /** JSON pointer of the value that the line shows */
  pointer: string;
  depth: number;
  /** the line without its value: indentation is `depth`, then key and brackets */
  before: string;
  value: string;
  kind: 'text' | 'constant' | 'bracket';
  after: string;
  isFailing: boolean;
};

/** One step of a JSON pointer (RFC 6901). */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A JSON value as lines, each knowing its JSON pointer, so that the field which failed can be marked. */
export function preparePayload(payload: unknown, failedField: string | null | undefined): PayloadLine[] {
  const lines: PayloadLine[] = [];
  const add = (line: Omit<PayloadLine, 'isFailing'>) =>
    lines.push({ ...line, isFailing: Boolean(failedField) && line.pointer === failedField });

  const walk = (value: unknown, pointer: string, depth: number, label: string, comma: string) => {
    const isList = Array.isArray(value);
    if (isList || (typeof value === 'object' && value !== null)) {
      const [opening, closing] = isList ? ['[', ']'] : ['{', '}'];
      const entries = Object.entries(value);
      if (entries.length === 0) {
        add({ pointer, depth, before: label, value: opening + closing, kind: 'bracket', after: comma });
        return;
      }
      add({ pointer, depth, before: label, value: opening, kind: 'bracket', after: '' });
      entries.forEach(([key, child], index) => {
        const childLabel = isList ? '' : `${JSON.stringify(key)}: `;
        walk(child, `${pointer}/${escapePointer(key)}`, depth + 1, childLabel, index < entries.length - 1 ? ',' : '');
      });
      // The closing line repeats the pointer of none, or the mark would appear twice.
      add({ pointer: '', depth, before: '', value: closing, kind: 'bracket', after: comma });
      return;
    }
    const kind = typeof value === 'string' ? 'text' : 'constant';
    add({ pointer, depth, before: label, value: JSON.stringify(value), kind, after: comma });
  };
  walk(payload, '', 0, '', '');
  return lines;
}

/** True when the payload holds the field that failed; otherwise it is missing and must be said so. */
export function hasField(lines: readonly PayloadLine[], failedField: string | null | undefined): boolean {
  return lines.some((line) => line.pointer === failedField && line.isFailing);
}
