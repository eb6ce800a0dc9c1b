type Item = { id: string; version: number };

/** The rows of a list as they stand on the screen. */
export type Board<Row extends Item> = {
  key: string | undefined;
  ids: readonly string[];
  /** those on the screen and those that wait */
  rows: ReadonlyMap<string, Row>;
  /** in the answer, not on the screen yet */
  waiting: readonly string[];
  answer: readonly Row[];
};

export type BoardInput<Row extends Item> = {
  /** filter, order and round: a new one begins a new board */
  key: string;
  answer: readonly Row[];
  /** of the answer, the rows that the person asked for: they are put on at once */
  later: readonly Row[];
};

export function emptyBoard<Row extends Item>(): Board<Row> {
  return { key: undefined, ids: [], rows: new Map(), waiting: [], answer: [] };
}

/**
 * Nothing moves under the pointer: what is shown keeps its place and takes new content, what vanished from the answer stays with
 * what was last known of it, and what is new waits. The same board comes back when nothing is new.
 */
export function advance<Row extends Item>(board: Board<Row>, input: BoardInput<Row>): Board<Row> {
  const isNew = board.key !== input.key;
  if (!isNew && board.answer === input.answer) return board;

  const before = isNew ? input.answer.map((row) => row.id) : board.ids;
  const shown = new Set(before);
  const ids = [...before, ...input.later.map((row) => row.id).filter((id) => !shown.has(id))];
  const onScreen = new Set(ids);
  const waiting = input.answer.map((row) => row.id).filter((id) => !onScreen.has(id));

  const rows = new Map<string, Row>();
  for (const id of isNew ? [] : ids) {
    const known = board.rows.get(id);
    if (known) rows.set(id, known);
  }
  putLatest(rows, input.answer);
  return { key: input.key, ids, rows, waiting, answer: input.answer };
}

/** What is heard of the rows of a board; of what stands not on it nothing is kept: the next answer tells of it. */
export function withChanges<Row extends Item>(board: Board<Row>, changed: readonly Row[]): Board<Row> {
  const known = changed.filter((row) => board.rows.has(row.id));
  if (known.length === 0) return board;
  const rows = new Map(board.rows);
  putLatest(rows, known);
  return { ...board, rows };
}

function putLatest<Row extends Item>(rows: Map<string, Row>, told: readonly Row[]): void {
  for (const row of told) {
    const known = rows.get(row.id);
    if (!known || known.version <= row.version) rows.set(row.id, row);
  }
}
