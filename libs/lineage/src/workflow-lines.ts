import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** What is wrong, and in which line of the file, counted from 1; null = of the file as a whole. */
export type PlacedProblem = { line: number | null; reason: string };

/** Said by the YAML parser itself. */
const AT_LINE = / at line (\d+), column \d+:?/;

/**
 * Where in a file a problem is that begins with its place, such as "milestones[2].due.after: …" or "milestones.posted.per: …". Of a
 * place that is not there itself, as a missing field is, the nearest thing around it that is.
 */
export function placeProblem(text: string, problem: string): PlacedProblem {
  const said = AT_LINE.exec(problem);
  if (said !== null) {
    const [reason = ''] = problem.split('\n');
    return { line: Number(said[1]), reason: reason.replace(AT_LINE, '') };
  }
  const place = /^[^\s:]+(?=:)/.exec(problem)?.[0];
  return { line: place === undefined ? null : lineOf(text, place), reason: problem };
}

function lineOf(text: string, place: string): number | null {
  const lines = new LineCounter();
  let node: unknown = parseDocument(text, { lineCounter: lines }).contents;
  let offset: number | null = null;
  for (const step of place.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (pair === undefined) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] ?? node.items.find((one) => isMap(one) && one.get('name') === step);
      if (item === undefined) break;
      node = item;
      offset = isMap(item) || isScalar(item) ? (item.range?.[0] ?? offset) : offset;
    } else break;
  }
  return offset === null ? null : lines.linePos(offset).line;
}
