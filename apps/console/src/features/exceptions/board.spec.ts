import { describe, expect, it } from '@jest/globals';
import { advance, emptyBoard } from './board.js';

type Row = { id: string; version: number; state?: string };

const row = (id: string, version = 1, state = 'OPEN'): Row => ({ id, version, state });
const input = (answer: Row[], more: Partial<Parameters<typeof advance<Row>>[1]> = {}) => ({
  key: 'k',
  answer,
  later: [],
  changed: new Map<string, Row>(),
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
    const changed = new Map([['b', row('b', 2, 'RESOLVED')]]);
    const next = advance(shown, input([row('a'), row('c')], { changed }));
    expect(next.ids).toEqual(['a', 'b', 'c']);
    expect(next.rows.get('b')?.state).toBe('RESOLVED');
  });

  it('never go back to an older version', () => {
    const changed = new Map([['a', row('a', 3, 'REQUEUED')]]);
    const next = advance(shown, input([row('a', 2), row('b'), row('c')], { changed }));
    expect(next.rows.get('a')?.state).toBe('REQUEUED');
  });

  it('take further pages at once', () => {
    const answer = [row('a'), row('b'), row('c'), row('d')];
    const next = advance(shown, input(answer, { later: [row('d')] }));
    expect(next.ids).toEqual(['a', 'b', 'c', 'd']);
    expect(next.waiting).toEqual([]);
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
