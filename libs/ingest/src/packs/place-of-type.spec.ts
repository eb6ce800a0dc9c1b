import { describe, expect, it } from '@jest/globals';
import { placeOfType } from './place-of-type.js';

describe('the place that names a type', () => {
  it.each<[string, unknown, string, string | undefined]>([
    ['a member', { id: 'evt_1', type: 'spaceship.landed' }, 'spaceship.landed', '/type'],
    ['in other letters, as a part of it', { Status: 'HIBERNATED' }, 'mpl.hibernated', '/Status'],
    [
      'within frames and lists',
      { d: { results: [{ Status: 'HIBERNATED' }] } },
      'mpl.hibernated',
      '/d/results/0/Status',
    ],
    ['the longest text', { change: 'CREATE', entity: 'Spaceship__c' }, 'Spaceship__c.CREATE', '/entity'],
    ['of two the one nearer to the root', { data: { type: 'landed' }, type: 'landed' }, 'event.landed', '/type'],
    ['with what a pointer escapes', { 'a/b~c': 'landed' }, 'event.landed', '/a~1b~0c'],
    [
      'within an address, where no member is the name itself',
      { id: '1', links: [{ rel: 'self', href: 'https://x.example/record/v1/customrecord_spaceship/1' }] },
      'customrecordspaceship.record',
      '/links/0/href',
    ],
    ['nowhere: too short to be a name', { ok: 'no' }, 'unknown', undefined],
    ['nowhere', { id: 'evt_1', amount: 12 }, 'unknown', undefined],
    ['nowhere in a text alone', 'landed', 'landed', undefined],
  ])('%s', (_name, payload, type, place) => {
    expect(placeOfType(payload, type)).toBe(place);
  });
});
