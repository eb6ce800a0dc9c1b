import type { FastifyRequest } from 'fastify';
import type { Refusal } from '../intake/refusal.js';
import { HTTP_STATUS, type HttpAnswer } from './http-request.js';
import { problemAnswer } from './problem-answer.js';

const OUTBOUND_NAMESPACE = 'http://soap.sforce.com/2005/09/outbound';
const ENVELOPE_NAMESPACE = 'http://schemas.xmlsoap.org/soap/envelope/';
const LOOKED_AT_BYTES = 4_096;

/** True for a sender that reads its answer as SOAP 1.1: a Salesforce outbound message, which else is sent for 24 hours. */
export function isSoap(request: FastifyRequest): boolean {
  return request.headers['soapaction'] !== undefined && !isJson(request);
}

/** True when the body is a Salesforce outbound message. */
export function isOutboundMessage(body: Uint8Array): boolean {
  return Buffer.from(body.subarray(0, LOOKED_AT_BYTES)).toString('latin1').includes(OUTBOUND_NAMESPACE);
}

/** What became of the records of a webhook. */
export type WebhookCounts = { accepted: number; duplicate: number; rejected: readonly object[] };

/** The answer that a sender of records reads. */
export function countsAnswer(counts: WebhookCounts): HttpAnswer {
  return jsonAnswer(200, counts);
}

/** Salesforce takes an outbound message as delivered by this alone; `false` makes it send all of it again. */
export function acknowledgement(isTaken: boolean): HttpAnswer {
  return soapAnswer(
    200,
    `<notificationsResponse xmlns="${OUTBOUND_NAMESPACE}"><Ack>${String(isTaken)}</Ack></notificationsResponse>`,
  );
}

/** A refusal in the form that the sender reads: a SOAP fault or problem details. */
export function webhookRefusal(request: FastifyRequest, refusal: Refusal): HttpAnswer {
  if (!isSoap(request)) return problemAnswer(refusal);
  const party = HTTP_STATUS[refusal.kind] >= 500 ? 'Server' : 'Client';
  return soapAnswer(
    HTTP_STATUS[refusal.kind],
    `<soapenv:Fault><faultcode>soapenv:${party}</faultcode><faultstring>${escaped(refusal.message)}</faultstring></soapenv:Fault>`,
  );
}

/** Any JSON answer. */
export function jsonAnswer(status: number, body: object): HttpAnswer {
  return { status, contentType: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(body)) };
}

function soapAnswer(status: number, content: string): HttpAnswer {
  const envelope =
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soapenv:Envelope xmlns:soapenv="${ENVELOPE_NAMESPACE}"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
  return { status, contentType: 'text/xml; charset=utf-8', body: Buffer.from(envelope) };
}

function isJson(request: FastifyRequest): boolean {
  return /json/i.test(request.headers['content-type'] ?? '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
