import type { ObjectType } from '@throughline/canonical';
import type { CompensationAction } from '@throughline/contracts';
import type { DeclaredCompensation } from '../../../catalog/index.js';
import { canApply, type StoredException } from '../../../exceptions/index.js';
import type { ClaimStanding, TargetStanding } from '../../domain/left-out.js';
import { orderOf } from '../../domain/order.js';
import type { DocumentStanding } from './document-standing.js';
import type { PostingDate } from './posting-date.js';

/** Why something is not undone or told; the code of the failure when nothing is. */
export const NOT_COMPENSATED_CODES = [
  'ALREADY_SENT',
  'OPEN_CLAIM',
  'OUTCOME_UNKNOWN',
  'NOT_COMPENSABLE',
  'NOT_DECLARED',
  'NO_TARGET',
  'NO_DOCUMENT',
  'ALREADY_UNDONE',
  'SUPERSEDED',
  'RECALL_NEEDED',
  'PERIOD_CLOSED',
  'DOCUMENT_IN_SELECTION',
  'DOWNSTREAM_FIRST',
] as const;

export type NotCompensatedCode = (typeof NOT_COMPENSATED_CODES)[number];

export type NotCompensated = { code: NotCompensatedCode; reason: string };

/** A document that can be undone. */
export type NamedDocument = { objectId: string; type: string; key: string };

/** A document that follows from another one. */
export type FollowingDocument = NamedDocument & {
  /** How it follows: "settles". */
  qualifier: string;
  /** It was undone, given back, or taken off what it follows from. */
  isReleased: boolean;
};

export type CompensationCandidate = {
  exception: Pick<StoredException, 'exceptionId' | 'objectId' | 'objectKey' | 'objectType' | 'state'>;
  action: CompensationAction;
  /** By whom it is declared; null = by nobody. */
  declared: (DeclaredCompensation & { integration: string }) | null;
  /** Null = its integration takes nothing. */
  target: TargetStanding | null;
  claim: ClaimStanding | null;
  /** What is undone or told of; null = none was found. */
  document: (NamedDocument & DocumentStanding) | null;
  following: readonly FollowingDocument[];
  /** The milestone that is declared as the proof was reached before anything was asked for. */
  isProofReached: boolean;
  postingDate: PostingDate;
};

export type CompensationItem = {
  exceptionId: string;
  integration: string | null;
  document: NamedDocument | null;
  willSend: boolean;
  code: NotCompensatedCode | null;
  reason: string | null;
  /** Exceptions whose documents are undone before. */
  after: readonly string[];
  postingDate: PostingDate;
  following: readonly (FollowingDocument & { mustGoFirst: boolean })[];
};

/** Documents that stand on their own: they do not go with the one that they follow from, and keep it until they are undone. */
const STANDS_ALONE: ReadonlySet<string> = new Set<ObjectType>([
  'sales-order',
  'subscription',
  'delivery',
  'billing-schedule',
  'invoice',
  'credit-memo',
  'purchase-order',
  'goods-receipt',
  'supplier-invoice',
  'expense-report',
  'payment',
  'settlement',
  'refund',
]);

/** Such a document is what undoes the one that it follows from. */
const UNDOES: ReadonlySet<string> = new Set(['reverses', 'cancels']);

/** Whether a document has to be undone before the one that it follows from can be. */
export function mustGoFirst({ type, qualifier, isReleased }: FollowingDocument): boolean {
  return STANDS_ALONE.has(type) && !UNDOES.has(qualifier) && !isReleased;
}

/**
 * What would be undone or told and what is left out and why, in the order asked. What follows from a document is undone before it, the
 * reverse of sending: where both are in the selection the later one goes first, else the earlier one is left out.
 */
export function planCompensation(candidates: readonly CompensationCandidate[]): CompensationItem[] {
  const items = withoutHeld(planEach(candidates));
  const going = items.filter((item) => item.willSend);
  const byDocument = new Map(going.map((item) => [item.document?.objectId, item.exceptionId]));
  const before = new Map(
    going.map((item) => [
      item.exceptionId,
      item.following.filter((one) => one.mustGoFirst).flatMap((one) => byDocument.get(one.objectId) ?? []),
    ]),
  );
  const order = orderOf(
    going.map((item) => item.exceptionId),
    before,
  );
  return items.map((item) => (item.willSend ? { ...item, after: order.get(item.exceptionId) ?? [] } : item));
}

function planEach(candidates: readonly CompensationCandidate[]): CompensationItem[] {
  const taken = new Set<string>();
  return candidates.map((candidate) => {
    const { exception, declared, document, postingDate, following, action } = candidate;
    const lane = JSON.stringify([document?.objectId, declared?.integration]);
    const why = whyNotCompensated(candidate) ?? (taken.has(lane) ? SAME_DOCUMENT : null);
    if (why === null) taken.add(lane);
    return {
      exceptionId: exception.exceptionId,
      integration: declared?.integration ?? null,
      document: document && { objectId: document.objectId, type: document.type, key: document.key },
      willSend: why === null,
      code: why?.code ?? null,
      reason: why?.reason ?? null,
      after: [],
      postingDate: action === 'notify' ? { kind: 'by-target' } : postingDate,
      following: following.map((one) => ({ ...one, mustGoFirst: action !== 'notify' && mustGoFirst(one) })),
    };
  });
}

const SAME_DOCUMENT: NotCompensated = {
  code: 'DOCUMENT_IN_SELECTION',
  reason: 'The same document is undone with another exception of this selection.',
};

/** Leaves out what something keeps that does not go with it; what that keeps in turn as well. */
function withoutHeld(planned: readonly CompensationItem[]): CompensationItem[] {
  let items = [...planned];
  for (let isChanging = true; isChanging;) {
    const going = new Set(items.flatMap((item) => (item.willSend && item.document ? item.document.objectId : [])));
    isChanging = false;
    items = items.map((item) => {
      const held = item.willSend
        ? item.following.find((one) => one.mustGoFirst && !going.has(one.objectId))
        : undefined;
      if (held === undefined) return item;
      isChanging = true;
      return { ...item, willSend: false, ...heldBy(held) };
    });
  }
  return items;
}

function heldBy({ type, key, qualifier }: FollowingDocument): NotCompensated {
  const name = nameOf({ type, key });
  return { code: 'DOWNSTREAM_FIRST', reason: `${capital(name)} ${qualifier} it and stands: undo that first.` };
}

/** Why this document is not undone or told of, whatever else is; null = it can be. */
export function whyNotCompensated(candidate: CompensationCandidate): NotCompensated | null {
  return (
    byClaim(candidate) ??
    byState(candidate) ??
    (candidate.document === null ? no('NO_DOCUMENT', 'Nobody knows of a document that could be undone here.') : null) ??
    byDeclaration(candidate) ??
    byFacts(candidate)
  );
}

/** What happened to the document that makes undoing it wrong, also after it was asked for; null = nothing. */
function byFacts({
  action,
  declared,
  document,
  isProofReached,
  postingDate,
}: CompensationCandidate): NotCompensated | null {
  // whoever is told of it may be told whatever happened to it
  if (action === 'notify' || document === null) return null;
  const { undone, newer, executed } = document;
  const name = capital(nameOf(document));
  if (undone !== null) return no('ALREADY_UNDONE', `${name} was ${undone} already.`);
  if (newer !== null) return no('SUPERSEDED', `${name} was ${newer} since: look at what it is now.`);
  if (executed !== null) {
    const reason = `${name} was ${executed} at the bank: it cannot be undone here, it needs a recall by the bank.`;
    return no('RECALL_NEEDED', reason);
  }
  if (isProofReached) {
    const reason = `It was at ${declared?.proofMilestone ?? 'its milestone'} already, so reaching that could not prove that it was undone.`;
    return no('NOT_COMPENSABLE', reason);
  }
  return postingDate.kind === 'none-open'
    ? no('PERIOD_CLOSED', `Posting period ${postingDate.closed} is closed, and no later one is open.`)
    : null;
}

function byClaim({ claim, exception: { state } }: CompensationCandidate): NotCompensated | null {
  switch (claim) {
    case 'unknown':
      return no('OUTCOME_UNKNOWN', 'Something was sent of it and nobody answered: first find out what became of that.');
    case 'waiting':
      return no('OPEN_CLAIM', 'It is part of a request that has not gone out yet.');
    case 'sent':
      return no('ALREADY_SENT', 'Something was sent of it already, and the outcome is not known yet.');
    case null:
      return state === 'REQUEUED'
        ? no('ALREADY_SENT', 'Something was sent of it already, and the outcome is not known yet.')
        : null;
  }
}

function byState({ exception: { state } }: CompensationCandidate): NotCompensated | null {
  if (state === 'PENDING_APPROVAL') {
    return no('NOT_COMPENSABLE', 'Somebody has to decide on it already: have that withdrawn or rejected first.');
  }
  return canApply(state, 'ask-approval') ? null : no('NOT_COMPENSABLE', `In state ${state} there is nothing to undo.`);
}

const WORDS: Readonly<Record<CompensationAction, string>> = {
  reverse: 'reversing',
  cancel: 'cancelling',
  notify: 'telling of',
};

function byDeclaration({
  declared,
  target,
  action,
  document,
  exception,
}: CompensationCandidate): NotCompensated | null {
  if (declared === null) {
    const name = nameOf(document ?? { type: exception.objectType, key: exception.objectKey });
    return no('NOT_DECLARED', `No integration declares ${WORDS[action]} what ${name} is.`);
  }
  if (target === null) return no('NO_TARGET', `Integration ${declared.integration} has no address to send it to.`);
  if (target.missing.length > 0) {
    const reason = `The target of integration ${declared.integration} is not complete: ${target.missing.join(', ')}.`;
    return no('NO_TARGET', reason);
  }
  return null;
}

function no(code: NotCompensatedCode, reason: string): NotCompensated {
  return { code, reason };
}

function nameOf({ type, key }: { type: string; key: string }): string {
  return `${type.replaceAll('-', ' ')} ${key}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
