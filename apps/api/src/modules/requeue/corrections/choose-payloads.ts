import { readPointer } from '@throughline/canonical';
import type { RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import type { StoredException } from '../../exceptions/index.js';
import type { LeftOutCode } from '../domain/left-out.js';
import type { SendableObject } from '../requeue.repository.js';
import { groundOf, loadCases, versionOf, type CorrectionCase } from './correction-cases.js';
import { findPayloadVersions, type PayloadVersionRow } from './correction.repository.js';
import { lockOf } from './domain/judge-correction.js';
import { diffPayloads } from './domain/json-changes.js';
import { readJson } from './domain/json-tree.js';
import { placeFailed } from './domain/version-history.js';

/** How a selection is sent again, and which version of each where it is corrected. */
export type PayloadChoice = { mode: RequeueMode; versions: ReadonlyMap<string, number> };

export const AS_IS: PayloadChoice = { mode: 'as-is', versions: new Map() };

/** What one attempt sends: its exact text and number. */
export type ChosenPayload = { mode: RequeueMode; payloadJson: string | null; payloadVersion: number };

type Refusal = { kind: 'failure'; code: LeftOutCode; message: string; exceptionId: string };

/** Decides what an exception sends, given what is known of its object. */
export type ChosenPayloads = {
  kind: 'chosen';
  payloadOf: (exceptionId: string, known: SendableObject | undefined) => ChosenPayload;
};

/**
 * The payload of each exception. A corrected one is held against the contract and the hard rules once more: they may be others than
 * when it was saved.
 */
export async function choosePayloads(
  tx: Tx,
  exceptions: readonly StoredException[],
  { mode, versions }: PayloadChoice,
): Promise<ChosenPayloads | Refusal> {
  return mode === 'corrected' ? chooseCorrected(tx, exceptions, versions) : chooseFailed(tx, exceptions, mode);
}

async function chooseFailed(
  tx: Tx,
  exceptions: readonly StoredException[],
  mode: RequeueMode,
): Promise<ChosenPayloads> {
  const ids = exceptions.map(({ exceptionId }) => exceptionId);
  const stored = await findPayloadVersions(tx, ids);
  const kept = new Map(ids.map((id, index) => [id, stored[index] ?? []]));
  return {
    kind: 'chosen',
    payloadOf(exceptionId, known) {
      const { payloadJson = null, payloadVersion = null } = known ?? {};
      const marks = kept.get(exceptionId) ?? [];
      // the number of its source may be that of a correction by now
      const isCounted = payloadJson !== null && marks.length > 0;
      return {
        mode,
        payloadJson: mode === 'as-is' ? payloadJson : null,
        payloadVersion: isCounted ? placeFailed(marks, { payloadJson, payloadVersion }).failed : (payloadVersion ?? 1),
      };
    },
  };
}

async function chooseCorrected(
  tx: Tx,
  exceptions: readonly StoredException[],
  versions: ReadonlyMap<string, number>,
): Promise<ChosenPayloads | Refusal> {
  const cases = await loadCases(tx, exceptions);
  const payloads = new Map<string, ChosenPayload>();
  for (const { exceptionId } of exceptions) {
    const one = cases.get(exceptionId);
    const version = one && versionOf(one, versions.get(exceptionId) ?? 0);
    if (one === undefined || version?.origin !== 'correction')
      return refuse(exceptionId, 'NO_SUCH_VERSION', 'No corrected version of it is named that exists.');
    const unfit = whyUnfit(tx, one, version);
    if (unfit !== undefined) return refuse(exceptionId, ...unfit);
    const { payloadJson, number: payloadVersion } = version;
    payloads.set(exceptionId, { mode: 'corrected', payloadJson, payloadVersion });
  }
  return {
    kind: 'chosen',
    payloadOf(exceptionId) {
      const payload = payloads.get(exceptionId);
      if (payload === undefined) throw new Error(`no payload was chosen for exception ${exceptionId}`);
      return payload;
    },
  };
}

function whyUnfit(
  tx: Tx,
  one: CorrectionCase,
  { number, payloadJson }: PayloadVersionRow,
): [LeftOutCode, string] | undefined {
  const failed = versionOf(one, one.failed);
  if (failed === undefined) return undefined;
  if (one.failed > number && failed.origin === 'source') {
    return [
      'STALE_VERSION',
      `What failed was changed at its source after version ${number}: correct version ${one.failed}.`,
    ];
  }
  const ground = groundOf(tx, one, failed, true);
  const payload = readJson(payloadJson);
  const [fault] = ground.contractFaults(payload);
  if (fault !== undefined)
    return [
      'PAYLOAD_UNFIT',
      `Version ${number} does not fit its contract any more: ${fault.place || 'it'} ${fault.reason}.`,
    ];
  for (const { pointer } of diffPayloads(ground.base, payload)) {
    const lock = lockOf(ground, readPointer(pointer) ?? []);
    if (lock?.code === 'LOCKED_IN_PAYMENT') return ['PAYLOAD_UNFIT', `${pointer} ${lock.message}.`];
  }
  return undefined;
}

function refuse(exceptionId: string, code: LeftOutCode, message: string): Refusal {
  return { kind: 'failure', code, message, exceptionId };
}
