import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import type { Operation } from '../../../graphql/operation.js';
import { findExceptions } from '../../exceptions/index.js';
import type { Viewer } from '../../identity/index.js';
import { groundOf, loadCases, LONGEST_CORRECTED, versionOf, whyNot, type CorrectionCase } from './correction-cases.js';
import type { PayloadVersionRow } from './correction.repository.js';
import { correctableFields, correctableLists } from './domain/correctable-fields.js';
import { judgeCorrection } from './domain/judge-correction.js';
import { diffPayloads, type PayloadEdit } from './domain/json-changes.js';
import { readJson, writeJson, type JsonTree } from './domain/json-tree.js';
import { maskTree } from './domain/masked-tree.js';
import { payloadKind } from './domain/payload-kind.js';
import { rawEdits } from './domain/raw-edits.js';
import { visibleChanges } from './visible-changes.js';
import type { CorrectablePayloadType, CorrectionCheckType, PayloadVersionType } from './graphql/correction.types.js';

const MOST_VERSIONS = 20;

/** The payload of an exception as this person may see and correct it; null = the failure came without one. */
export async function readCorrectable(
  operation: Operation,
  exceptionId: string,
): Promise<CorrectablePayloadType | null> {
  const tx = await operation.read();
  const one = await loadCase(tx, exceptionId);
  return one === null ? null : shown(tx, one, operation.viewer);
}

/** What saving would say. */
export async function checkCorrection(
  operation: Operation,
  { exceptionId, basedOn, edits }: { exceptionId: string; basedOn: number; edits: readonly PayloadEdit[] },
): Promise<CorrectionCheckType> {
  const tx = await operation.read();
  const one = await loadCase(tx, exceptionId);
  const base = one && versionOf(one, basedOn);
  const failed = one && versionOf(one, one.failed);
  if (!one || !base || !failed || base.payloadJson.length > LONGEST_CORRECTED)
    throw new CodedError('INVALID_INPUT', `basedOn: there is no version ${basedOn} that can be corrected`);
  const mayUnmask = operation.viewer.permissions.has('payload.unmask');
  const { payload, problems, toConfirm } = judgeCorrection(groundOf(tx, one, base, mayUnmask), edits);
  const before = readJson(failed.payloadJson);
  const changes = visibleChanges(diffPayloads(before, payload), [before, payload], operation.viewer);
  return { problems, changes, toConfirm, isStale: basedOn !== one.latest };
}

/** What a person who wrote the payload as a whole wants changed, against that version as it was shown. */
export async function editsOfRaw(
  operation: Operation,
  { exceptionId, basedOn, payloadJson }: { exceptionId: string; basedOn: number; payloadJson: string },
): Promise<PayloadEdit[]> {
  const one = await loadCase(await operation.read(), exceptionId);
  const base = one && versionOf(one, basedOn);
  if (!base || base.payloadJson.length > LONGEST_CORRECTED)
    throw new CodedError('INVALID_INPUT', `basedOn: there is no version ${basedOn} that can be corrected`);
  const tree = readJson(base.payloadJson);
  return rawEdits(operation.viewer.permissions.has('payload.unmask') ? tree : maskTree(tree).tree, wanted(payloadJson));
}

function wanted(payloadJson: string): JsonTree {
  try {
    return readJson(payloadJson);
  } catch (error) {
    if (error instanceof SyntaxError) throw new CodedError('INVALID_INPUT', `payloadJson: ${error.message}`);
    throw error;
  }
}

async function loadCase(tx: Tx, exceptionId: string): Promise<CorrectionCase | null> {
  const [exception] = await findExceptions(tx, [exceptionId]);
  if (!exception) throw new CodedError('NOT_FOUND', `There is no exception ${exceptionId}`);
  return (await loadCases(tx, [exception])).get(exceptionId) ?? null;
}

function shown(tx: Tx, one: CorrectionCase, viewer: Viewer): CorrectablePayloadType {
  const latest = versionOf(one, one.latest);
  if (latest === undefined)
    throw new Error(`version ${one.latest} of exception ${one.exception.exceptionId} is missing`);
  const ground = groundOf(tx, one, latest, viewer.permissions.has('payload.unmask'));
  const why = whyNot(one);
  const { fields, isTruncated } = correctableFields(ground, one.contract?.schema);
  const versions = one.versions.toReversed().slice(0, MOST_VERSIONS);
  return {
    exceptionId: one.exception.exceptionId,
    canCorrect: why === null,
    whyNot: why,
    kind: payloadKind(one.facts.objectType, ground.base),
    failedVersion: one.failed,
    latestVersion: one.latest,
    isMasked: ground.isMasked(''),
    changeable: one.declared,
    fields,
    isTruncated,
    lists: correctableLists(ground, one.contract?.schema),
    contractType: one.contract?.eventType ?? null,
    contractVersion: one.contract?.version ?? null,
    schema: one.contract?.schema ?? null,
    versions: versions.map((version) => toVersion(version, one, viewer)),
  };
}

function toVersion(version: PayloadVersionRow, one: CorrectionCase, viewer: Viewer): PayloadVersionType {
  const { number, origin, basedOn, reason, authorName, createdAt } = version;
  const tree = readJson(version.payloadJson);
  const base = basedOn === null ? undefined : versionOf(one, basedOn);
  const trees = base === undefined ? [tree] : [readJson(base.payloadJson), tree];
  return {
    ...{ number, origin, basedOn, reason, authorName, createdAt },
    changes: visibleChanges(version.changes, trees, viewer),
    payloadJson: viewer.permissions.has('payload.unmask') ? version.payloadJson : writeJson(maskTree(tree).tree),
  };
}
