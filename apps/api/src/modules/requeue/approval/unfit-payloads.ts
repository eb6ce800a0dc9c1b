import type { Tx } from '@throughline/persistence';
import type { StoredException } from '../../exceptions/index.js';
import { choosePayloads } from '../corrections/choose-payloads.js';
import { findContractsOf, unfitAsItIs } from '../corrections/declared-contracts.js';
import { findBodiesThatWait, findVersionsThatWait } from './approval-item.repository.js';

/** Bodies that are read at a time: a request may have a hundred thousand. */
const BODIES_AT_ONCE = 1_000;
/** Told are three and how many more. */
const MOST_TOLD = 20;

/** What of a frozen request could not be asked for any more, in words: contract, hard rules or source are others since. */
export async function unfitPayloads(
  tx: Tx,
  requestId: string,
  exceptions: readonly StoredException[],
): Promise<string[]> {
  return [...(await unfitCorrections(tx, requestId, exceptions)), ...(await unfitFailed(tx, requestId, exceptions))];
}

async function unfitCorrections(tx: Tx, requestId: string, exceptions: readonly StoredException[]): Promise<string[]> {
  const versions = await findVersionsThatWait(tx, requestId);
  const corrected = exceptions.filter(({ exceptionId }) => versions.has(exceptionId));
  if (corrected.length === 0) return [];
  const { unfit } = await choosePayloads(tx, corrected, { mode: 'corrected', versions });
  return corrected.flatMap(({ exceptionId, objectKey }) => told(objectKey, unfit.get(exceptionId)?.reason));
}

/** What goes as it failed is held against the contract as it was frozen, whatever has failed since. */
async function unfitFailed(tx: Tx, requestId: string, exceptions: readonly StoredException[]): Promise<string[]> {
  const contracts = await findContractsOf(
    tx,
    exceptions.map(({ integration }) => integration),
  );
  const keys = new Map(exceptions.map(({ exceptionId, objectKey }) => [exceptionId, objectKey]));
  const faults: string[] = [];
  let isMore = contracts.size > 0;
  for (let after = ''; isMore && faults.length < MOST_TOLD;) {
    const bodies = await findBodiesThatWait(tx, requestId, [...contracts.keys()], after, BODIES_AT_ONCE);
    for (const { exceptionId, integration, payloadJson } of bodies) {
      const [contract, objectKey] = [contracts.get(integration), keys.get(exceptionId)];
      if (contract === undefined || objectKey === undefined || payloadJson === null) continue;
      faults.push(...told(objectKey, unfitAsItIs(tx.tenantId, contract, payloadJson)?.reason));
    }
    after = bodies.at(-1)?.exceptionId ?? '';
    isMore = bodies.length === BODIES_AT_ONCE;
  }
  return faults;
}

function told(objectKey: string, reason: string | undefined): string[] {
  return reason === undefined ? [] : [`${objectKey}: ${reason.replace(/\.$/, '')}`];
}
