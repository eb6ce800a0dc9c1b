import { describe, expect, it } from '@jest/globals';
import { activityId, aliasId } from './activity.js';
import { CONTEXT_TYPES, HUB_TYPES, OBJECT_TYPES, isObjectType } from './business-object.js';
import { hashedUuid } from './identifiers.js';

describe('identifiers', () => {
  it('are uuids of version 8 that depend on every part and its length', () => {
    const id = hashedUuid(['tenant', 'demo']);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(hashedUuid(['tenant', 'demo'])).toBe(id);
    expect(hashedUuid(['a', 'bc'])).not.toBe(hashedUuid(['ab', 'c']));
    expect(hashedUuid(['a'])).not.toBe(hashedUuid(['a', '']));
  });

  it('keep numbers of two object types and two scopes apart', () => {
    const alias = { system: 'sap-s4hana', kind: 'number', scope: '', value: '100' };
    expect(aliasId('invoice', alias)).not.toBe(aliasId('payment', alias));
    expect(aliasId('invoice', alias)).not.toBe(aliasId('invoice', { ...alias, scope: '2026' }));
    expect(activityId('ce:-:source:1', 0)).not.toBe(activityId('ce:-:source:1', 1));
  });

  it('hubs and context are object types, and no type is both', () => {
    for (const type of [...HUB_TYPES, ...CONTEXT_TYPES]) expect(isObjectType(type)).toBe(true);
    expect([...HUB_TYPES].filter((type) => CONTEXT_TYPES.has(type))).toEqual([]);
    expect(new Set(OBJECT_TYPES).size).toBe(OBJECT_TYPES.length);
  });
});
