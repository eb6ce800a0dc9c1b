import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../../graphql/coded-error.js';
import { applyActs, lockExceptions } from '../../../exceptions/index.js';
import type { Viewer } from '../../../identity/index.js';
import { groundOf, loadCases, LONGEST_CORRECTED, versionOf, whyNot, type CorrectionCase } from '../correction-cases.js';
import { visibleChanges } from '../visible-changes.js';
import { insertPayloadVersions, payloadHash, type PayloadVersionRow } from '../correction.repository.js';
import { judgeCorrection, type CorrectionProblem } from '../domain/judge-correction.js';
import { diffPayloads, type PayloadChange, type PayloadEdit } from '../domain/json-changes.js';
import { readJson, writeJson } from '../domain/json-tree.js';

export type CorrectionInput = {
  viewer: Viewer;
  exceptionId: string;
  /** The version that the person saw and changed. */
  basedOn: number;
  edits: readonly PayloadEdit[];
  /** Trimmed, not empty. */
  reason: string;
  /** The person stands for it that facts of a posting are changed here and not at their source. */
  isConfirmed: boolean;
  now: Date;
  traceId: string | undefined;
};

export type CorrectionOutcome =
  | { kind: 'saved'; version: number }
  | { kind: 'refused'; code: RefusalCode; message: string; problems: CorrectionProblem[] }
  /** Somebody saved meanwhile: what, against the version that was seen, as this person may see it. */
  | { kind: 'stale'; latest: number; savedBy: string; changes: PayloadChange[] };

export type RefusalCode = 'NOT_CORRECTABLE' | 'NOTHING_CHANGED' | 'REFUSED' | 'NOT_CONFIRMED';

/** Keeps a corrected payload as the next version, never in the place of another; the first one keeps what failed beside it. */
export async function saveCorrection(tx: Tx, input: CorrectionInput): Promise<CorrectionOutcome> {
  const { exceptionId, basedOn } = input;
  const exceptions = await lockExceptions(tx, [exceptionId]);
  if (exceptions.length === 0) throw new CodedError('NOT_FOUND', `There is no exception ${exceptionId}`);
  const one = (await loadCases(tx, exceptions)).get(exceptionId);
  const refusal = one === undefined ? 'The failure came without a payload.' : whyNot(one);
  if (one === undefined || refusal !== null) return refused('NOT_CORRECTABLE', refusal ?? '');
  const base = versionOf(one, basedOn);
  if (base === undefined) throw new CodedError('INVALID_INPUT', `basedOn: there is no version ${basedOn}`);
  if (basedOn !== one.latest) return stale(one, base, input.viewer);
  const mayUnmask = input.viewer.permissions.has('payload.unmask');
  const judged = judgeCorrection(groundOf(tx, one, base, mayUnmask), input.edits);
  if (judged.problems.length > 0)
    return refused('REFUSED', 'The payload cannot be corrected like this.', judged.problems);
  if (judged.changes.length === 0) return refused('NOTHING_CHANGED', 'Nothing differs from the version before it.');
  const payloadJson = writeJson(judged.payload);
  if (payloadJson.length > LONGEST_CORRECTED)
    return refused(
      'NOT_CORRECTABLE',
      'Corrected like this it is too large to be corrected here: put it right at its source.',
    );
  if (judged.toConfirm.length > 0 && !input.isConfirmed) {
    return refused(
      'NOT_CONFIRMED',
      'Facts of a posting are put right at their source; changed here, somebody has to stand for it.',
      judged.toConfirm.map((pointer) => ({
        pointer,
        code: 'FIX_AT_SOURCE',
        message: 'is a fact of a posting: confirm it',
      })),
    );
  }
  const version: PayloadVersionRow = {
    exceptionId,
    number: basedOn + 1,
    origin: 'correction',
    basedOn,
    payloadJson,
    changes: judged.changes,
    reason: input.reason,
    authorId: input.viewer.personId,
    authorName: input.viewer.displayName,
    createdAt: input.now,
  };
  await insertPayloadVersions(tx, [
    ...(one.isNew ? [{ ...base, confirmed: [] }] : []),
    { ...version, confirmed: judged.toConfirm },
  ]);
  await tell(tx, input, one, base, version, judged.toConfirm);
  return { kind: 'saved', version: version.number };
}

/** Timeline and evidence name places and hashes, never values: not everybody who reads them may see payloads. */
async function tell(
  tx: Tx,
  { viewer, now, traceId, reason }: CorrectionInput,
  { exception }: CorrectionCase,
  base: PayloadVersionRow,
  version: PayloadVersionRow,
  confirmed: readonly string[],
): Promise<void> {
  const details = {
    payloadVersion: version.number,
    basedOn: base.number,
    fields: version.changes.map(({ pointer }) => pointer),
    ...(confirmed.length > 0 && { confirmed }),
    reason,
    before: payloadHash(base.payloadJson),
    after: payloadHash(version.payloadJson),
  };
  const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
  await applyActs(tx, { actor, at: now, traceId }, [{ exception, act: null, kind: 'payload-corrected', details }]);
}

function stale(one: CorrectionCase, base: PayloadVersionRow, viewer: Viewer): CorrectionOutcome {
  const latest = versionOf(one, one.latest) ?? base;
  const [seen, now] = [readJson(base.payloadJson), readJson(latest.payloadJson)];
  return {
    kind: 'stale',
    latest: latest.number,
    savedBy: latest.origin === 'source' ? 'The source' : latest.authorName,
    changes: visibleChanges(diffPayloads(seen, now), [seen, now], viewer),
  };
}

function refused(code: RefusalCode, message: string, problems: CorrectionProblem[] = []): CorrectionOutcome {
  return { kind: 'refused', code, message, problems };
}
