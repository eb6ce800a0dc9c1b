import { describe, expect, it } from '@jest/globals';
import { MappingRegistry } from './mapping-registry.js';
import { readPack } from './read-pack.js';

const pack = (name: string, more: string) =>
  readPack(
    `{ name: ${name}, version: 1, title: ${name}, identity: id, type: type, occurredAt: at, rules: [{ name: all, ignore: nothing }], ${more} }`,
    name,
  );

describe('which pack takes an event', () => {
  const registry = new MappingRegistry([
    pack('erp', 'sourceKinds: [erp], eventTypes: [com.erp.]'),
    pack('orders', 'eventTypes: [com.erp.order.]'),
    pack('procurement', "eventTypes: ['*.procurement.*']"),
    pack('requisitions', "eventTypes: ['*.procurement.requisition.*']"),
  ]);
  const taker = (type: string, sourceKind = '', kind: 'cloud-event' | 'webhook' = 'cloud-event') =>
    registry.find({ kind, type, sourceKind })?.pack.name;

  it.each([
    ['com.erp.invoice.posted', '', 'erp'],
    ['com.erp.order.changed', '', 'orders'],
    ['com.other.thing', 'erp', 'erp'],
    ['com.acme.procurement.order.approved', '', 'procurement'],
    ['com.acme.procurement.requisition.created', '', 'requisitions'],
    // A sender that is configured is read by the pack of its kind.
    ['com.acme.procurement.order.approved', 'erp', 'erp'],
    ['com.other.thing', '', undefined],
  ])('%s of kind %j: %s', (type, sourceKind, expected) => {
    expect(taker(type, sourceKind)).toBe(expected);
  });

  it('a record of a webhook goes by its source system alone', () => {
    expect(taker('com.acme.procurement.order.approved', '', 'webhook')).toBeUndefined();
    expect(taker('com.acme.procurement.order.approved', 'erp', 'webhook')).toBe('erp');
  });
});
