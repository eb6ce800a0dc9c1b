import { randomUUID } from 'node:crypto';
import { redactionRuleProblem, type RedactionRule } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { textProblems } from '../domain/catalog-text.js';
import { findSamePlace, putRedactionRule, type RedactionStatement } from '../redaction-rule.repository.js';
import { findSourceSystems } from '../source-system.repository.js';

/** Most rules of a tenant: each is tried on everything that comes in. */
const MOST_RULES = 500;

/** States what is taken out before anything is stored; the same place stated again changes its rule. */
export async function saveRedactionRule(
  tx: Tx,
  act: CatalogAct,
  statement: RedactionStatement,
): Promise<{ ruleId: string } | CatalogFailure> {
  const { sourceSystem, signalKind, path, action, note } = statement;
  const problem = redactionRuleProblem(statement as RedactionRule);
  const problems = [
    ...(problem === undefined ? [] : [`rule: ${problem}`]),
    ...textProblems('path', path, { max: 500 }),
    ...textProblems('note', note, { min: 0, max: 1_000 }),
  ];
  const invalid = invalidIf(problems, 'The rule');
  if (invalid !== undefined) return invalid;
  if (sourceSystem !== '' && (await findSourceSystems(tx, [sourceSystem])).length === 0)
    return refuse('NOT_FOUND', 'There is no such source system', ['sourceSystem: is not configured']);
  const { same, rules } = await findSamePlace(tx, statement);
  if (same === null && rules >= MOST_RULES)
    return refuse('CONFLICT', `A tenant has at most ${MOST_RULES} redaction rules`);
  const ruleId = same?.id ?? randomUUID();
  await putRedactionRule(tx, { ...statement, id: ruleId, createdBy: act.viewer.personId, at: act.now });
  await recordAct(
    tx,
    act,
    'redaction-rule.saved',
    { type: 'redaction-rule', id: ruleId },
    {
      before: same === null ? null : { action: same.action, note: same.note },
      after: { sourceSystem, signalKind, path, action, note },
    },
  );
  return { ruleId };
}
