import { describe, expect, it } from '@jest/globals';
import type { SignalSelection } from '../../signals/index.js';
import { hasSpans, leftOutOf } from './spans-of-selection.js';

describe('spans of a selection', () => {
  it.each<[string, SignalSelection, boolean, boolean]>([
    ['a time', { from: '2026-09-01T00:00:00.000Z' }, true, false],
    ['their mapping', { mapping: { name: 'otel-finance', version: 1 } }, true, false],
    ['the kind span', { kinds: ['span', 'log'] }, true, false],
    ['another kind', { kinds: ['log'] }, false, false],
    ['another mapping', { mapping: { name: 'stripe' } }, false, false],
    ['a type', { types: ['invoice.finalized'] }, false, false],
    ['one file', { fileId: 'f' }, false, false],
    ['what cannot be read', { sourceSystem: 'stripe', onlyUnmapped: true }, false, false],
    ['what cannot be read of any source', { onlyUnmapped: true }, false, true],
    ['log records that cannot be read', { kinds: ['log'], onlyUnmapped: true }, false, false],
    ['a source system', { sourceSystem: 'stripe' }, false, true],
    ['a source system and a time', { sourceSystem: 'stripe', to: '2026-09-01T00:00:00.000Z' }, false, true],
    ['a source system and another mapping', { sourceSystem: 'stripe', mapping: { name: 'stripe' } }, false, false],
  ])('%s', (_name, selection, has, isTold) => {
    expect([hasSpans(selection), leftOutOf(selection) !== null]).toEqual([has, isTold]);
  });
});
