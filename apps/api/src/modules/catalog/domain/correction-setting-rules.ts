import { pointerPatternProblem } from '@throughline/canonical';
import { textProblems } from './catalog-text.js';

/** What may be corrected, as it is stated. */
export type CorrectionStatement = { fields: readonly string[]; contractType: string | null; note: string };

/** Most places of one integration. */
const MOST_FIELDS = 200;

/** Problems of a statement, each with its place. */
export function correctionSettingProblems({ fields, contractType, note }: CorrectionStatement): string[] {
  const problems = fields.flatMap((field, index) => {
    const problem = pointerPatternProblem(field) ?? (fields.indexOf(field) < index ? 'stands there twice' : undefined);
    return problem === undefined ? [] : [`${field}: ${problem}`];
  });
  if (fields.length > MOST_FIELDS) problems.push(`fields: may be at most ${MOST_FIELDS} places`);
  if (contractType !== null) problems.push(...textProblems('contractType', contractType, { max: 250 }));
  return [...problems, ...textProblems('note', note, { max: 1_000 })];
}
