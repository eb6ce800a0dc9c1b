import { convertMoney, ECB_REFERENCE_RATES, NIL_UUID, toMinorUnits } from '@throughline/canonical';
import type { CompensationAction } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { localDateOf } from '@throughline/sla';
import {
  chooseDeclaration,
  findIntegrations,
  listCompensationSettings,
  listLegalEntities,
  loadRates,
  missingOf,
  type ChosenDeclaration,
  type RequeueTarget,
} from '../../../catalog/index.js';
import {
  integrationOfHop,
  loadPeriods,
  moneyOf,
  REPORTING_CURRENCY,
  type PeriodFact,
  type StoredException,
} from '../../../exceptions/index.js';
import type { ClaimStanding } from '../../domain/left-out.js';
import { findClaimStandings } from '../../plan-facts.repository.js';
import {
  findDocumentActs,
  findDocuments,
  findFollowing,
  findReached,
  type DocumentRow,
} from '../compensation-facts.repository.js';
import { takesCompensations } from '../domain/compensation-address.js';
import { effectOn } from '../domain/compensation-money.js';
import type { CompensationCandidate, FollowingDocument, NamedDocument } from '../domain/compensation-plan.js';
import { isReleased, standingOf, type DocumentAct } from '../domain/document-standing.js';
import { periodsFrom, postingDateOf, type PostingDate } from '../domain/posting-date.js';
import { findDoubleDocuments } from './find-double-documents.js';

/** What is asked to be undone or told. */
export type CompensationWish = {
  action: CompensationAction;
  /** Which of several documents, by exception. */
  documents: ReadonlyMap<string, string>;
};

/** An exception with all that decides whether its document is undone. */
export type CompensationCase = CompensationCandidate & {
  exception: StoredException;
  /** The document as it is known; null = none was found. */
  row: DocumentRow | null;
  /** Between which a person chooses; one of them is the document. */
  choices: NamedDocument[];
  /** The exception as approval measures it: by its document, with the sign of the money turned. */
  measured: StoredException;
};

/** What decides about each of these exceptions but their targets, in their order: as many statements for one as for hundreds. */
export async function readCases(
  tx: Tx,
  exceptions: readonly StoredException[],
  wish: CompensationWish,
  now: Date,
): Promise<CompensationCase[]> {
  const doubles = await findDoubleDocuments(tx, exceptions);
  const wanted = exceptions.map((one) => chosenId(one, doubles.get(one.exceptionId) ?? [], wish));
  const documents = await findDocuments(tx, wanted);
  const following = await findFollowing(tx, [...documents.keys()]);
  const acts = await findDocumentActs(tx, [...documents.values(), ...following]);
  const settings = await listCompensationSettings(tx);
  const declared = exceptions.map((one, index) => {
    const { taxonomy, integration, hop, objectType } = one;
    const own = integration === '' ? integrationOfHop(hop) : integration;
    const type = documents.get(wanted[index] ?? '')?.type ?? objectType;
    return chooseDeclaration(settings, { objectType: type, taxonomy, integration: own }, wish.action);
  });
  const claims = await findClaims(tx, exceptions, wanted, declared);
  const reached = await findReached(
    tx,
    declared.flatMap((one, index) => {
      const objectId = documents.get(wanted[index] ?? '')?.objectId;
      const milestone = one?.proofMilestone ?? null;
      return milestone === null || objectId === undefined ? [] : [{ objectId, milestone }];
    }),
  );
  const dateOf = await postingDates(tx, [...documents.values()], now);
  const minorOf = await reportingMinors(tx, [...documents.values()], now);
  return exceptions.map((exception, index) => {
    const row = documents.get(wanted[index] ?? '') ?? null;
    const declaration = declared[index] ?? null;
    const next = row === null ? [] : followingOf(row, following, acts);
    return {
      exception,
      action: wish.action,
      declared: declaration,
      target: null,
      claim: claims.get(exception.exceptionId) ?? null,
      row,
      document: row && documentOf(row, acts, next, exception.lastOccurredAt),
      choices: doubles.get(exception.exceptionId) ?? (row === null ? [] : [row]).map(named),
      following: next,
      isProofReached: row !== null && (declaration?.proofMilestone ?? null) !== null && reached.has(row.objectId),
      postingDate: row === null || declaration === null ? { kind: 'by-target' } : dateOf(row, declaration),
      measured: measure(exception, row, declaration, wish.action, minorOf),
    };
  });
}

/** The same with where each is sent to. */
export async function withTargets(
  tx: Tx,
  cases: readonly CompensationCase[],
  secretKey: Buffer,
): Promise<CompensationCase[]> {
  const names = [...new Set(cases.flatMap(({ declared }) => declared?.integration ?? []))];
  const targets = await findIntegrations(tx, names, secretKey);
  return cases.map((one) => {
    const target = targets.get(one.declared?.integration ?? '')?.requeueTarget ?? null;
    return { ...one, target: target && { missing: missingToCompensate(target, one.declared?.path ?? null) } };
  });
}

/** What a target lacks to undo or tell something. */
function missingToCompensate(target: RequeueTarget, path: string | null): string[] {
  const isTaken = takesCompensations(target, path);
  return [...missingOf(target), ...(isTaken ? [] : [`a target of kind ${target.adapter} only takes something again`])];
}

/** What a person chose, where that is a choice; else the one of several that was posted last; else what the exception is about. */
function chosenId(
  { exceptionId, objectId }: StoredException,
  choices: readonly NamedDocument[],
  { documents }: CompensationWish,
): string {
  const open = choices.length === 0 ? [objectId] : choices.map((one) => one.objectId);
  const asked = documents.get(exceptionId);
  if (asked !== undefined) return open.find((id) => id === asked) ?? NIL_UUID;
  return open.at(-1) ?? objectId;
}

function named({ objectId, type, key }: NamedDocument): NamedDocument {
  return { objectId, type, key };
}

function findClaims(
  tx: Tx,
  exceptions: readonly StoredException[],
  wanted: readonly string[],
  declared: readonly (ChosenDeclaration | null)[],
): Promise<Map<string, ClaimStanding>> {
  return findClaimStandings(
    tx,
    exceptions.map(({ exceptionId, objectId, integration }, index) => ({
      exceptionId,
      objectId: wanted[index] ?? objectId,
      integration: declared[index]?.integration ?? integration,
    })),
  );
}

function followingOf(
  { objectId }: DocumentRow,
  all: Awaited<ReturnType<typeof findFollowing>>,
  acts: ReadonlyMap<string, DocumentAct[]>,
): FollowingDocument[] {
  return all
    .filter(({ fromId }) => fromId === objectId)
    .map(({ qualifier, ...one }) => ({
      ...named(one),
      qualifier,
      isReleased: isReleased(one.type, acts.get(one.objectId) ?? []),
    }));
}

function documentOf(
  row: DocumentRow,
  acts: ReadonlyMap<string, DocumentAct[]>,
  following: readonly FollowingDocument[],
  seenAt: Date,
): CompensationCandidate['document'] {
  return { ...named(row), ...standingOf(row, acts.get(row.objectId) ?? [], { seenAt, following }) };
}

/** The dates on which documents would be undone; a day is one of their legal entity. */
async function postingDates(
  tx: Tx,
  documents: readonly DocumentRow[],
  now: Date,
): Promise<(document: DocumentRow, declared: ChosenDeclaration) => PostingDate> {
  const zones = new Map((await listLegalEntities(tx)).map(({ code, timeZone }) => [code, timeZone]));
  const todayOf = ({ legalEntity }: DocumentRow) =>
    localDateOf(now.toISOString(), zones.get(legalEntity ?? '') ?? 'UTC');
  const asked = new Map(
    documents.flatMap((document) =>
      periodsFrom(document, todayOf(document)).flatMap((period) =>
        document.legalEntity === null
          ? []
          : [[`${document.legalEntity} ${period}`, { legalEntity: document.legalEntity, period }] as const],
      ),
    ),
  );
  const periods: PeriodFact[] = await loadPeriods(tx, [...asked.values()]);
  return (document, declared) =>
    postingDateOf({ ...document, objectType: document.type }, declared.postingDate, periods, todayOf(document));
}

/** Cents of the reporting currency of each document's amount at the rate of today; null = nobody can tell. */
async function reportingMinors(
  tx: Tx,
  documents: readonly DocumentRow[],
  now: Date,
): Promise<(document: DocumentRow) => bigint | null> {
  const date = now.toISOString().slice(0, 10);
  const currencies = [...new Set([REPORTING_CURRENCY, ...documents.flatMap(({ currency }) => currency ?? [])])];
  const rateOf = await loadRates(
    tx,
    ECB_REFERENCE_RATES,
    currencies.map((currency) => ({ currency, date })),
  );
  return ({ amount, currency }) => {
    const money = moneyOf(amount, currency);
    const converted = money && convertMoney(money, REPORTING_CURRENCY, ECB_REFERENCE_RATES, date, rateOf);
    if (converted?.ok !== true) return null;
    const minor = toMinorUnits(converted.amount);
    return minor < 0n ? -minor : minor;
  };
}

function measure(
  exception: StoredException,
  row: DocumentRow | null,
  declared: ChosenDeclaration | null,
  action: CompensationAction,
  minorOf: (document: DocumentRow) => bigint | null,
): StoredException {
  if (row === null) return exception;
  const minor = action === 'notify' ? 0n : minorOf(row);
  return {
    ...exception,
    objectId: row.objectId,
    objectType: row.type,
    objectKey: row.key,
    legalEntity: row.legalEntity,
    counterparty: row.counterparty,
    integration: declared?.integration ?? exception.integration,
    amount: effectOn(action, row.amount, row.currency),
    currency: row.currency,
    direction: row.direction,
    reportingMinor: minor?.toString() ?? null,
    // where the money of the exception is held says nothing of the document
    moneyPartId: null,
    moneyWholeId: null,
    // what nobody can put a figure on is not small
    isMoneyUnknown: minor === null,
  };
}
