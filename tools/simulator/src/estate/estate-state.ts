import { z } from 'zod';
import { FIRST_LIVE_NUMBER } from '../journeys/journey-schedule.js';
import { FIRST_SEQUENCE } from '../story/history.js';
import { LEGAL_ENTITIES } from '../story/legal-entities.js';

const step = z.object({
  kind: z.enum(['contract', 'sync', 'invoice', 'payment', 'position', 'application', 'cancel']),
  occursAt: z.number().nullable(),
  playAt: z.number(),
  run: z.number(),
  outcome: z.enum(['accepted', 'failed']).exactOptional(),
  requeue: z.object({ requeueId: z.string(), traceparent: z.string() }).exactOptional(),
});

const trackedOrder = z.object({
  brief: z.object({
    sequence: z.number(),
    year: z.number(),
    legalEntity: z.string(),
    sellingUnit: z.string(),
    application: z.enum(['on-time', 'late', 'never']),
    amount: z.string().exactOptional(),
  }),
  pace: z.enum(['normal', 'fast']),
  /** blocked = the last run failed and nothing follows until it is sent again */
  phase: z.enum(['running', 'blocked', 'done']),
  /** Steps that the collector has not taken yet. */
  pending: z.array(step),
  syncRuns: z.number(),
  applicationRuns: z.number(),
  creditedAt: z.number().nullable(),
});

const mapping = z.object({
  unit: z.string(),
  companyCode: z.string(),
  addedAt: z.number(),
  addedBy: z.enum(['set-up', 'history', 'page']),
});

const requeue = z.object({
  receivedAt: z.number(),
  integration: z.string(),
  webhookId: z.string(),
  requeueId: z.string(),
  attempt: z.number(),
  subject: z.string(),
  reason: z.string(),
  headers: z.record(z.string(), z.string()),
  status: z.number(),
  outcome: z.enum(['running', 'succeeded', 'failed-again', 'refused', 'already-processed']),
});

const chatMessage = z.object({ receivedAt: z.number(), body: z.unknown() });

const trackedJourney = z.object({
  name: z.string(),
  number: z.string(),
  startsAt: z.number(),
  /** The collector has taken what was to be sent until then. */
  toldUntil: z.number(),
});

const state = z.object({
  version: z.literal(1),
  seed: z.string(),
  startedAt: z.number(),
  nextSequence: z.number(),
  cursors: z.record(z.string(), z.object({ index: z.number(), used: z.number() })),
  mappings: z.array(mapping),
  orders: z.array(trackedOrder),
  /** Newest last. */
  requeues: z.array(requeue),
  /** Webhook ids that were taken before. */
  processedIds: z.array(z.string()),
  chat: z.array(chatMessage),
  /** Those of which something is still to be told. */
  journeys: z.array(trackedJourney).default([]),
  nextJourney: z.number().default(FIRST_LIVE_NUMBER),
});

export type TrackedJourney = z.infer<typeof trackedJourney>;
export type TrackedOrder = z.infer<typeof trackedOrder>;
export type Mapping = z.infer<typeof mapping>;
export type RequeueRecord = z.infer<typeof requeue>;
export type ChatMessage = z.infer<typeof chatMessage>;

/** All that the simulated estate must not forget over a restart. */
export type EstateState = z.infer<typeof state>;

/** An estate in which nothing happened yet: the units of the set-up are mapped. */
export function newEstateState(seed: string, now: number): EstateState {
  const mappings = LEGAL_ENTITIES.flatMap((entity) =>
    entity.mappedUnits.map((unit): Mapping => ({ unit, companyCode: entity.code, addedAt: now, addedBy: 'set-up' })),
  );
  return {
    version: 1,
    seed,
    startedAt: now,
    nextSequence: FIRST_SEQUENCE,
    cursors: Object.fromEntries(LEGAL_ENTITIES.map((entity) => [entity.code, { index: 0, used: 0 }])),
    mappings,
    orders: [],
    requeues: [],
    processedIds: [],
    chat: [],
    journeys: [],
    nextJourney: FIRST_LIVE_NUMBER,
  };
}

/** Reads a state that was written by this program; throws with the reason when it was not. */
export function parseEstateState(text: string): EstateState {
  const parsed = state.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}
