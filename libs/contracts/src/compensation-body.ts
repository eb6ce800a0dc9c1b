import type { Alias } from '@throughline/canonical';

/** What is asked of an integration to undo, or to tell, what went wrong. */
export const COMPENSATION_ACTIONS = ['reverse', 'cancel', 'notify'] as const;

export type CompensationAction = (typeof COMPENSATION_ACTIONS)[number];

/** What a request asks of its targets; `requeue` = that they take a payload again. */
export const REQUEST_ACTIONS = ['requeue', ...COMPENSATION_ACTIONS] as const;

export type RequestAction = (typeof REQUEST_ACTIONS)[number];

type NamedDocument = { type: string; key: string; aliases: Alias[] };

/**
 * JSON body of a compensation, sent and signed as a requeue. `action` is what tells them apart: a requeue has none. What is undone is
 * `document`; `object` is what the exception is about, often the same.
 */
export type CompensationBody = {
  /** The request; the run that undoes carries it as `throughline.requeue.id` or `throughlinerequeueid`. */
  requeueId: string;
  /** Counts what was sent for the exception, from 1. */
  attempt: number;
  integration: string;
  action: CompensationAction;
  object: NamedDocument;
  document: NamedDocument;
  /** A date in an open period, 2026-09-30; null = none is declared or known: the target decides. */
  postingDate: string | null;
  /** Why a person asks for it. */
  reason: string;
};
