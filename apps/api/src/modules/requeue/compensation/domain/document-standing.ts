import type { ObjectType } from '@throughline/canonical';
import { undoingActivities } from '@throughline/lineage';
import { needsTreasury } from '../../domain/hard-rules.js';
import { NEWER_PARTICIPLES, participleOf } from '../../domain/since-failure.js';

/** The latest of each type of activity that succeeded at a document. */
export type DocumentAct = { type: string; occurredAt: Date };

/** Where a document stands, as far as undoing it goes; each in words, null = nothing of the kind. */
export type DocumentStanding = {
  /** "reversed". */
  undone: string | null;
  /** What made a newer version of it since it was looked at. */
  newer: string | null;
  /** What the bank did with it: "executed". */
  executed: string | null;
};

const REPLACED: readonly string[] = ['superseded', 'replaced'];

/** What a bank tells of an order to pay that it carries out: from then on only the bank gets it back. */
const EXECUTED: readonly string[] = ['accepted', 'executed', 'booked', 'settled', 'issued', 'paid'];

/** Money that came back, or never went: nothing is left to call back, and what it paid is open again. */
const BACK: readonly string[] = ['returned', 'charged-back', 'rejected', 'rejected-by-bank', 'failed'];

/** After which what came back is on its way again. */
const ON_ITS_WAY_AGAIN: readonly string[] = ['sent'];

/** A receipt that is taken off what it paid. */
const TAKEN_OFF: readonly string[] = ['application-reversed'];

/** Activities that put a payment in its place again. */
const IN_PLACE: readonly string[] = ['received', 'applied', 'reinstated'];

/** All types of activity that tell where documents of a type stand. */
export function standingActivities(type: string): string[] {
  const participles = needsTreasury(type)
    ? [...NEWER_PARTICIPLES, ...REPLACED, ...EXECUTED, ...BACK, ...ON_ITS_WAY_AGAIN, ...TAKEN_OFF, ...IN_PLACE]
    : [...NEWER_PARTICIPLES, ...REPLACED];
  return [...undoingActivities(type as ObjectType), ...participles.map((participle) => `${type}.${participle}`)];
}

/** Where a document stands; `seenAt` is when the problem with it was told last, `following` what follows from it. */
export function standingOf(
  { type }: { type: string },
  acts: readonly DocumentAct[],
  { seenAt, following = [] }: { seenAt: Date; following?: readonly { type: string }[] },
): DocumentStanding {
  const undoing = new Set(undoingActivities(type as ObjectType));
  const undone = latest(acts.filter((act) => undoing.has(act.type)));
  const newer = latest(
    acts.filter(
      (act) => isOne(act, REPLACED) || (isOne(act, NEWER_PARTICIPLES) && act.occurredAt.getTime() > seenAt.getTime()),
    ),
  );
  const atBank = needsTreasury(type) ? lastWordOfBank(acts) : undefined;
  const isBack = atBank !== undefined && isOne(atBank, BACK);
  const undoneBy = undone ?? (isBack ? atBank : undefined);
  return {
    undone: undoneBy === undefined ? null : participleOf(undoneBy.type),
    newer: newer === undefined ? null : participleOf(newer.type),
    executed: isBack ? null : atBank === undefined ? bookedBy(type, following) : participleOf(atBank.type),
  };
}

/** What the bank said last, unless it was a no and the money was sent again since. */
function lastWordOfBank(acts: readonly DocumentAct[]): DocumentAct | undefined {
  const said = latest(acts.filter((act) => isOne(act, EXECUTED) || isOne(act, BACK)));
  const again = latest(acts.filter((act) => isOne(act, ON_ITS_WAY_AGAIN)));
  if (said === undefined || again === undefined || !isOne(said, BACK)) return said;
  return again.occurredAt.getTime() > said.occurredAt.getTime() ? undefined : said;
}

/** An entry of the bank's own account says it as well. */
function bookedBy(type: string, following: readonly { type: string }[]): string | null {
  return needsTreasury(type) && following.some((one) => one.type === 'bank-entry') ? 'booked' : null;
}

/** Whether a document that follows another one holds it no more: undone, given back, or taken off it. */
export function isReleased(type: string, acts: readonly DocumentAct[]): boolean {
  const { undone } = standingOf({ type }, acts, { seenAt: new Date(0) });
  if (undone !== null) return true;
  const moved = latest(acts.filter((act) => isOne(act, TAKEN_OFF) || isOne(act, IN_PLACE)));
  return moved !== undefined && isOne(moved, TAKEN_OFF);
}

function isOne({ type }: DocumentAct, participles: readonly string[]): boolean {
  return participles.includes(type.slice(type.indexOf('.') + 1));
}

function latest(acts: readonly DocumentAct[]): DocumentAct | undefined {
  return acts.reduce<DocumentAct | undefined>(
    (found, act) => (found === undefined || act.occurredAt.getTime() >= found.occurredAt.getTime() ? act : found),
    undefined,
  );
}
