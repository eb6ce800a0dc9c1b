import { CodedError } from '../../../graphql/coded-error.js';
import type { Operation } from '../../../graphql/operation.js';
import type { CorrectionRefusedType, CorrectionSavedType, CorrectionStaleType } from './graphql/correction.types.js';
import { readCorrectable } from './read-correctable.js';
import type { CorrectionOutcome } from './usecases/save-correction.js';

/** What became of a correction, as the API tells it to this person. */
export async function answerCorrection(
  operation: Operation,
  exceptionId: string,
  outcome: CorrectionOutcome,
): Promise<CorrectionSavedType | CorrectionRefusedType | CorrectionStaleType> {
  if (outcome.kind === 'refused') {
    const { code, message, problems } = outcome;
    return { code, message, problems };
  }
  const payload = await readCorrectable(operation, exceptionId);
  if (payload === null) throw new CodedError('NOT_FOUND', 'Its payload is not known any more');
  if (outcome.kind === 'saved') return { version: outcome.version, payload };
  const { latest, savedBy, changes } = outcome;
  return { latestVersion: latest, savedBy, changes, payload };
}
