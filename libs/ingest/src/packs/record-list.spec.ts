import { describe, expect, it } from '@jest/globals';
import { recordList } from './record-list.js';

describe('the list that a request is cut into', () => {
  it.each<[what: string, pointers: string[], payload: unknown, records: unknown[] | undefined]>([
    ['at the first pointer that is there', ['/a', '/b/c'], { b: { c: [1, 2] } }, [1, 2]],
    ['of one, where the element stands alone', ['/a'], { a: { x: 1 } }, [{ x: 1 }]],
    ['below the only member', ['/*/row'], { Rows: { row: ['r'] } }, ['r']],
    ['where it has to be a list', ['/data[]'], { data: [{ id: 1 }] }, [{ id: 1 }]],
    ['not where it has to be a list and is none', ['/data[]'], { data: { object: {} } }, undefined],
    ['at a later pointer, when it is none there', ['/data[]', '/rows'], { data: {}, rows: [1] }, [1]],
    ['that the payload itself is', ['/a'], [1, 2], [1, 2]],
    ['nowhere', ['/a'], { b: 1 }, undefined],
  ])('%s', (_what, pointers, payload, records) => {
    expect(recordList(pointers, payload)).toEqual(records);
  });
});
