import { describe, expect, it } from '@jest/globals';
import type { SignalReference } from '@throughline/canonical';
import { compilePack } from '../packs/compiled-pack.js';
import { runPack } from '../packs/run-pack.js';
import { loadShippedPacks } from '../packs/shipped-packs.js';
import { OWN_SOURCE, type OwnStatementEvent, ownStatementEvent, readOwnStatement } from './own-statement.js';

const REFERENCE: SignalReference = {
  kind: 'cloud-event',
  receivedOn: '2026-09-30',
  signalId: '00000000-0000-8000-8000-000000000001',
};

const LINK: OwnStatementEvent = {
  statement: {
    act: 'link',
    objects: [
      { type: 'invoice', system: 'sap', kind: 'document-number', scope: 'DE01/2026', value: '0090001234' },
      { type: 'payment', system: 'kyriba', kind: 'payment-reference', scope: '', value: 'PMT-7' },
    ],
    qualifier: 'settles',
    amount: { amount: '10.50', currency: 'EUR' },
  },
  isWithdrawal: false,
  statedBy: '0f8fad5b-d9cb-469f-a165-70867728950e',
  statedAt: '2026-09-30T09:00:00.000Z',
  reason: 'The customer said so',
};
const IDENTITY: OwnStatementEvent = {
  ...LINK,
  statement: {
    act: 'identity',
    objects: [
      { type: 'customer', system: 'crm', kind: 'account-id', scope: '', value: 'A-1' },
      { type: 'customer', system: 'sap', kind: 'customer-number', scope: '', value: '100042' },
    ],
  },
};

/** The event as the signal that is stored of it. */
function signalOf(event: OwnStatementEvent, changes: { sourceKind?: string; body?: string } = {}) {
  const { type, attributes, body } = ownStatementEvent('e-1', event);
  return {
    kind: 'cloud-event' as const,
    scopedKey: 'ce:throughline:throughline:e-1',
    sourceSystem: OWN_SOURCE,
    sourceKind: changes.sourceKind ?? OWN_SOURCE,
    type,
    source: OWN_SOURCE,
    externalId: 'e-1',
    occurredAt: event.statedAt,
    attributes,
    contentType: 'application/json',
    body: new TextEncoder().encode(changes.body ?? body),
  };
}

const CASES: [string, OwnStatementEvent][] = [
  ['a link', LINK],
  ['its withdrawal', { ...LINK, isWithdrawal: true }],
  ['an identity', IDENTITY],
  ['its withdrawal', { ...IDENTITY, isWithdrawal: true }],
];

describe('a statement of a person', () => {
  it.each(CASES)('%s is read as it was written', (_name, event) => {
    expect(readOwnStatement(signalOf(event))).toEqual(event);
  });

  it.each(CASES)('%s is mapped by the pack of its own', async (_name, event) => {
    const pack = compilePack(loadShippedPacks().find(({ name }) => name === OWN_SOURCE)!);
    const mapped = await runPack(pack, signalOf(event), REFERENCE);
    const { act, objects } = event.statement;
    const [activity] = mapped.outcome === 'mapped' ? mapped.activities : [];
    expect(activity?.type).toBe(`person.${event.isWithdrawal ? 'withdrew' : 'stated'}-${act}`);
    expect(activity?.links).toHaveLength(act === 'link' && !event.isWithdrawal ? 1 : 0);
    expect(activity?.objects.slice(1).flatMap(({ aliases }) => aliases)).toEqual(
      objects.map(({ type: _type, ...alias }) => alias),
    );
    // Two names at one place are the statement that they name one object.
    expect(activity?.objects).toHaveLength(act === 'identity' && !event.isWithdrawal ? 2 : 3);
  });

  it('is nobody else’s: a sender that uses our types states nothing', () => {
    expect(readOwnStatement(signalOf(LINK, { sourceKind: 'stripe' }))).toBeNull();
  });

  it.each(['', '[]', '{}', 'null', '{"objects":[1,2]}', '{"objects":[null,null],"qualifier":"x"}'])(
    'whose data is %j is none',
    (body) => expect(readOwnStatement(signalOf(LINK, { body }))).toBeNull(),
  );
});
