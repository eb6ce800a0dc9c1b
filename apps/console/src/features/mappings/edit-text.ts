/** A text after an edit, with what is then selected. */
export type Edit = { text: string; from: number; to: number };

const STEP = '  ';

/** Moves the lines that the selection touches two spaces in or out. */
export function indentLines(text: string, from: number, to: number, by: 1 | -1): Edit {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const lines = text.slice(start, to).split('\n');
  const moved = lines.map((line) => (by === 1 ? STEP + line : line.replace(/^ {1,2}/, '')));
  const first = (moved[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  const all = moved.join('\n').length - lines.join('\n').length;
  return {
    text: text.slice(0, start) + moved.join('\n') + text.slice(to),
    from: Math.max(start, from + first),
    to: Math.max(start, to + all),
  };
}

/** A new line that begins under the one before, one step further in after a colon or an opening bracket. */
export function newLine(text: string, from: number, to: number): Edit {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const before = text.slice(start, from);
  const indent = /^ */.exec(before)?.[0] ?? '';
  const deeper = /[:[{(|]\s*$/.test(before) ? STEP : '';
  const inserted = `\n${indent}${deeper}`;
  const at = from + inserted.length;
  return { text: text.slice(0, from) + inserted + text.slice(to), from: at, to: at };
}

/** "rules.3.when: …", "… at line 12, column 4" → the lines that the problems name, counted from 1. */
export function troubledLines(problems: readonly string[]): ReadonlySet<number> {
  return new Set(
    problems.flatMap((problem) => [...problem.matchAll(/\bline (\d+)/gi)].map((match) => Number(match[1]))),
  );
}
