import type { Tx } from '@throughline/persistence';
import type { EventContractRow } from '../../catalog/index.js';
import { canRequeue, isActOfQueue, type StoredException } from '../../exceptions/index.js';
import { findSendable, type SendableObject } from '../requeue.repository.js';
import { contractFaults } from './contracts-in-force.js';
import { findDeclared } from './declared-contracts.js';
import { findObjectFacts, findPayloadVersions, type PayloadVersionRow } from './correction.repository.js';
import type { CorrectionGround } from './domain/field-locks.js';
import { readJson } from './domain/json-tree.js';
import { isHidden, maskTree } from './domain/masked-tree.js';
import type { MappedFacts } from './domain/payload-kind.js';
import { placeFailed, type VersionHistory } from './domain/version-history.js';

/** Longest payload that is corrected here, in characters; what is longer is put right at its source. */
export const LONGEST_CORRECTED = 256 * 1024;

/** So often is a payload corrected, all versions together; they are read together. */
const MOST_VERSIONS = 100;

/** Everything that a correction of one exception's payload is decided on. */
export type CorrectionCase = VersionHistory & {
  exception: StoredException;
  facts: MappedFacts;
  /** Lowest first; what failed is among them, kept already or not. */
  versions: PayloadVersionRow[];
  declared: readonly string[];
  contract: EventContractRow | null;
};

/** The cases by exception; without the exceptions of which no payload is known. `known` = what was read of their objects already. */
export async function loadCases(
  tx: Tx,
  exceptions: readonly StoredException[],
  known?: ReadonlyMap<string, SendableObject>,
): Promise<Map<string, CorrectionCase>> {
  const ids = exceptions.map(({ exceptionId }) => exceptionId);
  const [sendable, stored, declared] = [
    known ?? (await findSendable(tx, exceptions)),
    await findPayloadVersions(tx, ids),
    await findDeclared(
      tx,
      exceptions.map(({ integration }) => integration),
    ),
  ];
  const objects = await findObjectFacts(
    tx,
    exceptions.map(({ objectId }) => objectId),
  );
  return new Map(
    exceptions.flatMap((exception, index): [string, CorrectionCase][] => {
      const sent = sendable.get(exception.exceptionId);
      if (sent?.payloadJson === null || sent === undefined) return [];
      const failed = { payloadJson: sent.payloadJson, payloadVersion: sent.payloadVersion };
      const versions = stored[index] ?? [];
      const history = placeFailed(versions, failed);
      const { amount = null, currency = null, counterparty = null } = objects.get(exception.objectId) ?? {};
      const { fields = [], contract = null } = declared.get(exception.integration) ?? {};
      const one: CorrectionCase = {
        ...history,
        exception,
        facts: {
          objectType: sent.type,
          objectKey: sent.key,
          amount,
          currency,
          counterparty,
          aliases: sent.aliases.map(({ value }) => value),
        },
        versions: history.isNew ? [...versions, fromSource(exception, history.failed, failed.payloadJson)] : versions,
        declared: fields,
        contract,
      };
      return [[exception.exceptionId, one]];
    }),
  );
}

function fromSource(
  { exceptionId, lastOccurredAt }: StoredException,
  number: number,
  payloadJson: string,
): PayloadVersionRow {
  return {
    exceptionId,
    number,
    origin: 'source',
    payloadJson,
    basedOn: null,
    changes: [],
    reason: '',
    authorId: null,
    authorName: '',
    createdAt: lastOccurredAt,
  };
}

/** The version of this number; undefined = there is none. */
export function versionOf({ versions }: CorrectionCase, number: number): PayloadVersionRow | undefined {
  return versions.find((version) => version.number === number);
}

/** What a correction that is based on this version is held against; `mayUnmask` = nothing is hidden from whoever makes it. */
export function groundOf(
  tx: Tx,
  { facts, declared, contract }: CorrectionCase,
  base: PayloadVersionRow,
  mayUnmask: boolean,
): CorrectionGround {
  const tree = readJson(base.payloadJson);
  const hidden = mayUnmask ? new Set<string>() : maskTree(tree).places;
  return {
    base: tree,
    facts,
    declared,
    isMasked: (pointer) => isHidden(hidden, pointer),
    contractFaults: (payload) => contractFaults(tx.tenantId, contract, payload),
  };
}

/** Why the payload cannot be corrected here at all; null = it can. */
export function whyNot({ exception, declared, versions, failed }: CorrectionCase): string | null {
  if (exception.state === 'REQUEUED') return 'It is on its way: what becomes of it is seen first.';
  if (!canRequeue(exception.state)) return `In state ${exception.state} there is nothing to correct.`;
  if (!isActOfQueue(exception.queue, 'correct'))
    return 'In its queue nothing is corrected: it is put right where it came from.';
  const payload = versions.find(({ number }) => number === failed);
  if ((payload?.payloadJson.length ?? 0) > LONGEST_CORRECTED)
    return 'Its payload is too large to be corrected here: put it right at its source.';
  if (versions.length >= MOST_VERSIONS) return 'It was corrected often enough: put it right at its source.';
  if (declared.length === 0)
    return exception.integration === ''
      ? 'No integration failed here, so there is nothing to correct.'
      : `Integration ${exception.integration} declares nothing as changeable.`;
  return null;
}
