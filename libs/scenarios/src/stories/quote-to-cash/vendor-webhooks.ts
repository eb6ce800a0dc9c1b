import { hashedUuid } from '@throughline/canonical';
import type { WebhookSignal } from '../../webhook-signal.js';

type Fields = Readonly<Record<string, unknown>>;

/** A change of a Salesforce record, as a client of the change data capture channel posts it on; `fields` holds what changed. */
export function salesforceChange(
  entity: string,
  changeType: 'CREATE' | 'UPDATE',
  recordId: string,
  at: number,
  fields: Fields,
): WebhookSignal {
  const ChangeEventHeader = {
    entityName: entity,
    recordIds: [recordId],
    changeType,
    changeOrigin: 'com/salesforce/api/rest/61.0;client=cpq/',
    transactionKey: hashedUuid(['salesforce', entity, recordId, String(at)]),
    sequenceNumber: 1,
    commitTimestamp: at,
    commitUser: '005ZM000000M6o1YAC',
    changedFields: changeType === 'UPDATE' ? Object.keys(fields) : [],
  };
  const name = `Salesforce ${entity} ${changeType} ${recordId}`;
  return webhook('salesforce', name, { replayId: String(at), payload: { ChangeEventHeader, ...fields } });
}

/** A callout of Zuora, by the names of its merge fields. */
export function zuoraCallout(category: string, event: string, at: number, fields: Fields): WebhookSignal {
  const EventTimestamp = new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');
  const body = { EventCategory: category, EventName: event, EventTimestamp, TenantId: '10002', ...fields };
  return webhook('zuora', `Zuora ${event} at ${EventTimestamp}`, body);
}

/** What a user event script of NetSuite posts when a record was saved. */
export function netsuiteRecord(recordType: string, at: number, fields: Fields & { id: string }): WebhookSignal {
  return webhook('netsuite', `NetSuite ${recordType} ${fields.id}`, {
    type: 'create',
    executionContext: 'RESTLET',
    recordType,
    newRecord: { ...fields, lastmodifieddate: new Date(at).toISOString() },
  });
}

/** An event of Stripe with the object that it is about. */
export function stripeEvent(type: string, id: string, at: number, object: Fields): WebhookSignal {
  return webhook('stripe', `Stripe ${type} ${id}`, {
    id,
    object: 'event',
    api_version: '2026-04-22.dahlia',
    created: Math.floor(at / 1_000),
    type,
    data: { object },
  });
}

function webhook(source: string, name: string, body: object): WebhookSignal {
  const headers = { 'content-type': 'application/json' };
  return { name, protocol: 'webhook', source, headers, body: JSON.stringify(body) };
}
