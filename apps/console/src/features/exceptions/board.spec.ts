import { describe, expect, it } from '@jest/globals';
import { advance, emptyBoard, withChanges } from './board.js';

type Row = { id: string; version: number; state?: string };

const row = (id: string, version = 1, state = 'OPEN'): Row => ({ id, version, state });
const input = (answer: Row[], more: Partial<Parameters<typeof advance<Row>>[1]> = {}) => ({
  key: 'k',
  answer,
  later: [],
  ...more,
});

describe('the rows on the screen', () => {
  const shown = advance(emptyBoard<Row>(), input([row('a'), row('b'), row('c')]));

  it('keep their places when a new answer comes in another order', () => {
    const next = advance(shown, input([row('c'), row('a'), row('b')]));
    expect(next.ids).toEqual(['a', 'b', 'c']);
  });

  it('let new ones wait', () => {
    const next = advance(shown, input([row('new'), row('a'), row('b'), row('c')]));
    expect(next.ids).toEqual(['a', 'b', 'c']);
    expect(next.waiting).toEqual(['new']);
  });

  it('keep what vanished from the answer, with what is last known of it', () => {
    const next = advance(withChanges(shown, [row('b', 2, 'RESOLVED')]), input([row('a'), row('c')]));
    expect(next.ids).toEqual(['a', 'b', 'c']);
    expect(next.rows.get('b')?.state).toBe('RESOLVED');
  });

  it('never go back to an older version', () => {
    const heard = withChanges(shown, [row('a', 3, 'REQUEUED'), row('a', 2, 'IN_PROGRESS')]);
    const next = advance(heard, input([row('a', 2), row('b'), row('c')]));
    expect(next.rows.get('a')?.state).toBe('REQUEUED');
  });

  it('take further pages at once', () => {
    const answer = [row('a'), row('b'), row('c'), row('d')];
    const next = advance(shown, input(answer, { later: [row('d')] }));
    expect(next.ids).toEqual(['a', 'b', 'c', 'd']);
    expect(next.waiting).toEqual([]);
  });

  it('keep nothing of what is heard of others, however much that is', () => {
    const heard = withChanges(
      shown,
      Array.from({ length: 1_000 }, (_, index) => row(`other-${index}`)),
    );
    expect(heard).toBe(shown);
  });

  it('forget what waited and is no longer told of', () => {
    const waiting = advance(shown, input([row('new'), row('a'), row('b'), row('c')]));
    const next = advance(waiting, input([row('a'), row('b'), row('c')]));
    expect([...next.rows.keys()]).toEqual(['a', 'b', 'c']);
  });

  it('begin anew with another filter', () => {
    expect(advance(shown, input([row('z')], { key: 'other' })).ids).toEqual(['z']);
  });

  it('stay the very same when nothing is new', () => {
    const same = input([row('a')]);
    const board = advance(emptyBoard<Row>(), same);
    expect(advance(board, same)).toBe(board);
  });
});
