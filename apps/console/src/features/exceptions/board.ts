type Item = { id: string; version: number };

/** The rows of a list as they stand on the screen. */
export type Board<Row extends Item> = {
  key: string | undefined;
  ids: readonly string[];
  rows: ReadonlyMap<string, Row>;
  /** in the answer, not on the screen yet */
  waiting: readonly string[];
  answer: readonly Row[];
  changed: ReadonlyMap<string, Row>;
};

export type BoardInput<Row extends Item> = {
  /** filter, order and round: a new one begins a new board */
  key: string;
  answer: readonly Row[];
  /** of the answer, the rows that the person asked for: they are put on at once */
  later: readonly Row[];
  changed: ReadonlyMap<string, Row>;
};

export function emptyBoard<Row extends Item>(): Board<Row> {
  return { key: undefined, ids: [], rows: new Map(), waiting: [], answer: [], changed: new Map() };
}

/**
 * Nothing moves under the pointer: what is shown keeps its place and takes new content, what vanished from the answer stays with
 * what was last known of it, and what is new waits. The same board comes back when nothing is new.
 */
export function advance<Row extends Item>(board: Board<Row>, input: BoardInput<Row>): Board<Row> {
  const isNew = board.key !== input.key;
  if (!isNew && board.answer === input.answer && board.changed === input.changed) return board;

  const rows = new Map(isNew ? [] : board.rows);
  for (const row of [...input.answer, ...input.changed.values()]) {
    const known = rows.get(row.id);
    if (!known || known.version <= row.version) rows.set(row.id, row);
  }
  const before = isNew ? input.answer.map((row) => row.id) : board.ids;
  const shown = new Set(before);
  const ids = [...before, ...input.later.map((row) => row.id).filter((id) => !shown.has(id))];
  const onScreen = new Set(ids);
  const waiting = input.answer.map((row) => row.id).filter((id) => !onScreen.has(id));
  return { key: input.key, ids, rows, waiting, answer: input.answer, changed: input.changed };
}
