import { describe, expect, it } from '@jest/globals';
import { REQUEUE_ADAPTERS } from '../../catalog/index.js';
import { contentTypeOf } from './content-type.js';

describe('as what something is sent', () => {
  it.each(REQUEUE_ADAPTERS)('to %s', (adapter) => {
    const type = contentTypeOf({ adapter, settings: {} });
    expect(type).toBe(adapter === 'azure-logic-apps' ? null : 'application/json');
  });

  it.each(['sap-cloud-integration', 'mulesoft'] as const)('to %s as it is declared', (adapter) => {
    expect(contentTypeOf({ adapter, settings: { contentType: 'application/xml' } })).toBe('application/xml');
  });
});
