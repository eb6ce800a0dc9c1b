import { writePointer } from '@throughline/canonical';
import type { RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import type { StoredException } from '../../exceptions/index.js';
import { needsTreasury } from '../domain/hard-rules.js';
import type { LeftOut } from '../domain/left-out.js';
import { executionDateIn, type Orders } from '../domain/payment-dates.js';
import { findSendable, type SendableObject } from '../requeue.repository.js';
import { findContractsOf, unfitAsItIs } from './declared-contracts.js';
import { groundOf, loadCases, versionOf, type CorrectionCase } from './correction-cases.js';
import { findPayloadVersions, type PayloadVersionRow } from './correction.repository.js';
import { changesMoney } from './domain/field-roles.js';
import { lockOf } from './domain/field-locks.js';
import { diffPayloads, placesOf } from './domain/json-changes.js';
import { readJson } from './domain/json-tree.js';
import { isPaymentText } from './domain/payload-kind.js';
import { placeFailed } from './domain/version-history.js';

/** How a selection is sent again, and which version of each where it is corrected. */
export type PayloadChoice = { mode: RequeueMode; versions: ReadonlyMap<string, number> };

export const AS_IS: PayloadChoice = { mode: 'as-is', versions: new Map() };

/** What one attempt sends: its exact text and number. */
export type ChosenPayload = { mode: RequeueMode; payloadJson: string | null; payloadVersion: number };

/** An exception as approval measures it: by what is sent of it. */
export type MeasuredException = StoredException & {
  /** What is sent is an order to pay by its form, whatever the object is called. */
  movesMoney: boolean;
};

/** What a selection sends. */
export type ChosenPayloads = {
  objects: ReadonlyMap<string, SendableObject>;
  /** By exception; without those that cannot be sent. */
  payloads: ReadonlyMap<string, ChosenPayload>;
  /** Why the payload of an exception cannot be sent, whatever else is. */
  unfit: ReadonlyMap<string, LeftOut>;
  orders: Orders;
  measured: MeasuredException[];
};

/** What redaction leaves in the place of a value. */
export const REDACTED = '••••';

/**
 * The payload of each exception, held against the contract of its integration. A corrected one is held against the hard rules once more:
 * they, and the contract, may be others than when it was saved. What was masked before it was kept never goes out.
 */
export async function choosePayloads(
  tx: Tx,
  exceptions: readonly StoredException[],
  { mode, versions }: PayloadChoice,
): Promise<ChosenPayloads> {
  const objects = await findSendable(tx, exceptions);
  const chosen =
    mode === 'corrected'
      ? await chooseCorrected(tx, exceptions, objects, versions)
      : await chooseFailed(tx, exceptions, objects, mode);
  const { payloads, unfit, otherMoney } = chosen;
  for (const [exceptionId, { payloadJson }] of payloads) {
    if (payloadJson?.includes(REDACTED) === true) unfit.set(exceptionId, MASKED_BEFORE);
  }
  const orders = new Map(
    exceptions.flatMap(({ exceptionId }): [string, string | null][] => {
      const text = payloads.get(exceptionId)?.payloadJson ?? objects.get(exceptionId)?.payloadJson ?? '';
      return isPaymentText(text) ? [[exceptionId, executionDateIn(text)]] : [];
    }),
  );
  for (const exceptionId of neverAnew(exceptions, mode, orders)) unfit.set(exceptionId, OTHER_IDS);
  const measured = exceptions.map((exception) => ({
    ...exception,
    isMoneyUnknown: exception.isMoneyUnknown || otherMoney.has(exception.exceptionId),
    movesMoney: orders.has(exception.exceptionId),
  }));
  return { objects, payloads, unfit, orders, measured };
}

export const MASKED_BEFORE: LeftOut = {
  code: 'PAYLOAD_UNFIT',
  reason: 'Redaction masked values of its payload before it was kept: have it extracted anew.',
};

/** Whoever makes an order to pay anew may number it anew, and a bank pays each number. */
export const OTHER_IDS: LeftOut = {
  code: 'PAYLOAD_UNFIT',
  reason:
    'A payment goes out again only as it was sent, with its MsgId and EndToEndId: what is extracted anew may have others.',
};

/** What moves money, by what it is or by what failed of it, where it was to be extracted anew. */
export function neverAnew(
  exceptions: readonly { exceptionId: string; objectType: string }[],
  mode: RequeueMode,
  orders: Orders,
): string[] {
  if (mode !== 'extract-anew') return [];
  return exceptions.flatMap(({ exceptionId, objectType }) =>
    needsTreasury(objectType) || orders.has(exceptionId) ? [exceptionId] : [],
  );
}

type Chosen = {
  payloads: Map<string, ChosenPayload>;
  unfit: Map<string, LeftOut>;
  /** Exceptions whose amounts or currencies are others in what is sent: what is known of the object does not measure it. */
  otherMoney: Set<string>;
};

async function chooseFailed(
  tx: Tx,
  exceptions: readonly StoredException[],
  objects: ReadonlyMap<string, SendableObject>,
  mode: RequeueMode,
): Promise<Chosen> {
  const ids = exceptions.map(({ exceptionId }) => exceptionId);
  const stored = await findPayloadVersions(tx, ids);
  const unfit = new Map<string, LeftOut>();
  if (mode === 'as-is') {
    const integrations = exceptions.map(({ integration }) => integration);
    const contracts = await findContractsOf(tx, integrations);
    for (const { exceptionId, integration } of exceptions) {
      const [contract, text] = [contracts.get(integration), objects.get(exceptionId)?.payloadJson ?? null];
      const why = contract === undefined || text === null ? null : unfitAsItIs(tx.tenantId, contract, text);
      if (why !== null) unfit.set(exceptionId, why);
    }
  }
  const payloads = ids.map((exceptionId, index): [string, ChosenPayload] => {
    const { payloadJson = null, payloadVersion = null } = objects.get(exceptionId) ?? {};
    const marks = stored[index] ?? [];
    // the number of its source may be that of a correction by now
    const isCounted = payloadJson !== null && marks.length > 0;
    return [
      exceptionId,
      {
        mode,
        payloadJson: mode === 'as-is' ? payloadJson : null,
        payloadVersion: isCounted ? placeFailed(marks, { payloadJson, payloadVersion }).failed : (payloadVersion ?? 1),
      },
    ];
  });
  return { payloads: new Map(payloads), unfit, otherMoney: new Set() };
}

async function chooseCorrected(
  tx: Tx,
  exceptions: readonly StoredException[],
  objects: ReadonlyMap<string, SendableObject>,
  versions: ReadonlyMap<string, number>,
): Promise<Chosen> {
  const cases = await loadCases(tx, exceptions, objects);
  const chosen: Chosen = { payloads: new Map(), unfit: new Map(), otherMoney: new Set() };
  for (const { exceptionId } of exceptions) {
    const one = cases.get(exceptionId);
    const version = one && versionOf(one, versions.get(exceptionId) ?? 0);
    if (one === undefined || version?.origin !== 'correction') {
      const reason = 'No corrected version of it is named that exists.';
      chosen.unfit.set(exceptionId, { code: 'NO_SUCH_VERSION', reason });
      continue;
    }
    const { payloadJson, number: payloadVersion } = version;
    const judged = judgeVersion(tx, one, version);
    if (judged.unfit !== null) chosen.unfit.set(exceptionId, judged.unfit);
    if (judged.isOtherMoney) chosen.otherMoney.add(exceptionId);
    chosen.payloads.set(exceptionId, { mode: 'corrected', payloadJson, payloadVersion });
  }
  return chosen;
}

/** A version against what its source has now, not against the correction before it: steps that are small each may be far in sum. */
function judgeVersion(
  tx: Tx,
  one: CorrectionCase,
  { number, payloadJson }: PayloadVersionRow,
): { unfit: LeftOut | null; isOtherMoney: boolean } {
  const source = one.versions.findLast(({ origin }) => origin === 'source');
  if (source === undefined || source.number > number) {
    const reason = `What failed was changed at its source after version ${number}: correct version ${one.latest}.`;
    return { unfit: { code: 'STALE_VERSION', reason }, isOtherMoney: false };
  }
  const ground = groundOf(tx, one, source, true);
  const payload = readJson(payloadJson);
  const places = diffPayloads(ground.base, payload).flatMap(placesOf);
  const isOtherMoney = places.some(changesMoney);
  const unfit = (reason: string) => ({ unfit: { code: 'PAYLOAD_UNFIT', reason } as const, isOtherMoney });
  const [fault] = ground.contractFaults(payload);
  if (fault !== undefined) {
    return unfit(`Version ${number} does not fit its contract any more: ${fault.place || 'it'} ${fault.reason}.`);
  }
  for (const place of places) {
    const lock = lockOf(ground, place);
    if (lock?.code === 'LOCKED_IN_PAYMENT') return unfit(`${writePointer(place)} ${lock.message}.`);
  }
  return { unfit: null, isOtherMoney };
}
