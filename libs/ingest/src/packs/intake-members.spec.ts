import { describe, expect, it } from '@jest/globals';
import { intakeDifferences } from './intake-members.js';
import type { MappingPack } from './mapping-pack.js';
import { readPack } from './read-pack.js';

const pack = (change: Partial<MappingPack> = {}): MappingPack => ({
  ...readPack(
    `name: shop
version: 1
title: Shop
sourceKinds: [shop]
records: [/items]
identity: |
  $account & ':' & id
type: event
occurredAt: $instant(at)
definitions:
  owner: owner.id
  account: |
    $owner ? $owner : 'account'
  unused: nothing
rules:
  - name: all
    ignore: nothing
`,
    'shop',
  ),
  ...change,
});

describe('what a version of a mapping changes of the intake', () => {
  it.each<[string, Partial<MappingPack>, string[]]>([
    ['nothing', {}, []],
    ['the layout alone', { identity: `$account\n  & ':'  & id` }, []],
    ['rules, title and time', { version: 2, title: 'X', occurredAt: 'at', rules: [] }, []],
    ['the frame and the form of senders that do not say it', { record: 'data', format: 'xml' }, []],
    ['a definition that only rules use', { definitions: { ...pack().definitions, unused: 'x' } }, []],
    ['identity', { identity: 'id' }, ['identity']],
    ['a definition that identity uses', { definitions: { ...pack().definitions, account: 'tenant' } }, ['identity']],
    ['a definition that it uses through another', { definitions: { ...pack().definitions, owner: 'x' } }, ['identity']],
    ['how messages are cut, and named', { records: ['/list'], type: 'kind' }, ['records', 'type']],
  ])('%s', (_what, change, members) => {
    expect(intakeDifferences(pack(change), pack())).toEqual(members);
  });
});
