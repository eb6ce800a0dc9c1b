import { describe, expect, it } from '@jest/globals';
import type { FindingKind } from '../../gql/graphql.js';
import { attributeWords, findingText } from './finding-words.js';

const text = (kind: FindingKind, about: string, details: unknown) => findingText({ kind, about, details });

describe('findings in words', () => {
  it('say of terms changed elsewhere who did what, whose they are and who decides', () => {
    const owner = { system: 'sap-s4hana', value: 'Z030' };
    const changes = [
      { system: 'salesforce', value: 'Z060', ownerSaid: 'Z030', occurredAt: '2026-04-01T09:00:00.000Z' },
    ];
    expect(
      text('OWNERSHIP_CONFLICT', 'paymentTerms', { owner, changes, group: 'terms', steward: 'Credit and collections' }),
    ).toEqual({
      title: 'Payment terms changed by a system that does not own it',
      what: 'Salesforce changed it to “Z060” on 1 Apr, when it was “Z030”. SAP S/4HANA, which says “Z030”, owns the terms.',
      todo: 'Credit and collections decides: take the change over in the owning system, or take it back where it was made.',
    });
  });

  it('say of copies that differ what each system has', () => {
    const copies = [
      { system: 'salesforce', value: 'Z060' },
      { system: 'sap-s4hana', value: 'Z030' },
    ];
    const { what, todo } = text('MASTER_DATA_DRIFT', 'paymentTerms', {
      copies,
      owner: 'sap-s4hana',
      steward: 'Credit',
    });
    expect(what).toBe('“Z060” in Salesforce, “Z030” in SAP S/4HANA.');
    expect(todo).toContain('Send the value of SAP S/4HANA to the others');
    expect(text('MASTER_DATA_DRIFT', 'paymentTerms', { copies, owner: null, steward: 'Credit' }).todo).toBe(
      'Credit decides which value holds; the system of record has not stated one.',
    );
  });

  it('say of contradicting names which two it is about', () => {
    const details = { values: ['100', '200'], key: { system: 'sap-s4hana', kind: 'customer-number' } };
    expect(text('CONTRADICTORY_ALIAS', 'sap-s4hana / customer-number', details).what).toContain(
      'calls “100” and “200” one object, which has only one customer number in SAP S/4HANA',
    );
  });

  it('name the steps that came too late', () => {
    expect(text('OUT_OF_SEQUENCE', '', { milestones: ['dunned'] }).what).toContain('“Dunned” came after a step');
  });

  it.each<FindingKind>([
    'CONTRADICTORY_ALIAS',
    'OWNERSHIP_CONFLICT',
    'MASTER_DATA_DRIFT',
    'LINK_CYCLE',
    'SELF_LINK',
    'IMPLAUSIBLE_TIME',
    'UNUSABLE_AMOUNT',
    'DIFFERING_CONTENT',
    'TOO_MANY_ALIASES',
    'TRANSACTION_TRUNCATED',
    'MORE_THAN_EXPECTED',
    'OUT_OF_SEQUENCE',
    'SEGREGATION_OF_DUTIES',
  ])('have something to do for %s, also where no details are told', (kind) => {
    const { title, what, todo } = text(kind, '', null);
    expect([title, what, todo].every((part) => part.length > 10)).toBe(true);
    expect(`${title}${what}${todo}`).not.toMatch(/undefined|null|\[object/);
  });

  it('show a kind of a later version by its name', () => {
    expect(text('SOMETHING_NEW' as FindingKind, 'about it', {})).toEqual({
      title: 'Something new',
      what: 'about it',
      todo: '',
    });
  });

  it('spell attributes as words', () => {
    expect(['paymentTerms', 'vat-id', 'netTermDays', 'iban'].map(attributeWords)).toEqual([
      'payment terms',
      'vat id',
      'net term days',
      'iban',
    ]);
  });
});
