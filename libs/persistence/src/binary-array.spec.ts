import { describe, expect, it } from '@jest/globals';
import { encodeArray, uuidArray } from './binary-array.js';
import { UnencodableCell } from './binary-values.js';

const ID = '00112233-4455-6677-8899-aabbccddeeff';

describe('encodeArray', () => {
  // https://www.postgresql.org/docs/current/protocol-overview.html: dimensions, NULL flag, element type, size, lower bound.
  it('writes dimension, element type and elements', () => {
    expect(uuidArray([ID]).toString('hex')).toBe(
      '00000001' + '00000000' + '00000b86' + '00000001' + '00000001' + '00000010' + ID.replaceAll('-', ''),
    );
  });

  it('writes an empty array with no dimension', () => {
    expect(encodeArray('text', []).toString('hex')).toBe('00000000' + '00000000' + '00000019');
  });

  it('says that there are NULLs', () => {
    expect(encodeArray('int4', [null, 7]).toString('hex')).toBe(
      '00000001' + '00000001' + '00000017' + '00000002' + '00000001' + 'ffffffff' + '00000004' + '00000007',
    );
  });

  it('names row and column of what cannot be written, and not the value', () => {
    expect(() => encodeArray('uuid', [ID, 'secret'], 'object_id')).toThrow(UnencodableCell);
    expect(() => encodeArray('uuid', [ID, 'secret'], 'object_id')).toThrow('row 1, column object_id: not a valid uuid');
  });
});
