import type { Tx } from '@throughline/persistence';
import type { StoredException } from '../../exceptions/index.js';
import { choosePayloads } from '../corrections/choose-payloads.js';
import { findContractsOf, unfitAsItIs } from '../corrections/declared-contracts.js';
import { findBodiesOf, findBodiesThatWait, findVersionsThatWait } from './approval-item.repository.js';

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
  const corrections = await unfitCorrections(tx, requestId, exceptions);
  return [...[...corrections.values()].flat(), ...(await unfitFailed(tx, requestId, exceptions))];
}

/** The same of some of its exceptions, each by itself. */
export async function unfitAmong(
  tx: Tx,
  requestId: string,
  exceptions: readonly StoredException[],
): Promise<Map<string, string[]>> {
  const unfit = await unfitCorrections(tx, requestId, exceptions);
  const names = exceptions.map(({ integration }) => integration);
  const contracts = await findContractsOf(tx, names);
  if (contracts.size === 0) return unfit;
  const keys = new Map(exceptions.map(({ exceptionId, objectKey }) => [exceptionId, objectKey]));
  for (const body of await findBodiesOf(tx, requestId, [...contracts.keys()], [...keys.keys()])) {
    const contract = contracts.get(body.integration);
    if (contract === undefined || body.payloadJson === null) continue;
    const words = told(keys.get(body.exceptionId) ?? '', unfitAsItIs(tx.tenantId, contract, body.payloadJson)?.reason);
    if (words.length > 0) unfit.set(body.exceptionId, words);
  }
  return unfit;
}

async function unfitCorrections(
  tx: Tx,
  requestId: string,
  exceptions: readonly StoredException[],
): Promise<Map<string, string[]>> {
  const ids = exceptions.map(({ exceptionId }) => exceptionId);
  const versions = await findVersionsThatWait(tx, requestId, ids);
  const corrected = exceptions.filter(({ exceptionId }) => versions.has(exceptionId));
  if (corrected.length === 0) return new Map();
  const { unfit } = await choosePayloads(tx, corrected, { mode: 'corrected', versions });
  return new Map(
    corrected.flatMap(({ exceptionId, objectKey }): [string, string[]][] => {
      const words = told(objectKey, unfit.get(exceptionId)?.reason);
      return words.length === 0 ? [] : [[exceptionId, words]];
    }),
  );
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
