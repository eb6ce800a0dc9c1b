import { residualsOf } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { z } from 'zod';
import type { OutboxConsumer } from '../../../outbox/index.js';
import { loadMoneyGraph, loadTolerances } from '../../lineage/index.js';
import { judgeRunEndings } from '../run-endings/judge-run-endings.js';
import { findStatedScopes, stateProblems } from '../stated-problem.repository.js';
import type { Statement } from '../stated-problem.js';
import { findJudgedObjects, findTold, RESIDUALS } from './residual.repository.js';
import { residualProblem, type ResidualSubject } from './residual-problems.js';

/** Also of what rules tell, which names objects alone. */
const changedObjects = z.object({
  objectIds: z.array(z.guid()),
  transactionIds: z.array(z.guid()).default([]),
  // a hub may have moved a transaction on, which names none of its documents
  subjectIds: z.array(z.guid()).default([]),
  isSilent: z.boolean().default(false),
});

const timelinessOverdue = z.object({ items: z.array(z.object({ transactionId: z.guid() })) });

/** Links around the objects of one look; of one object with more nothing is said, rather than something wrong. */
const MOST_LINKS = 50_000;
/** Objects whose links are read together. */
const OBJECTS_AT_ONCE = 2_000;

/**
 * The engine of rests: states what money is left that nothing explains, as the lineage and the clock tell, and withdraws it when it
 * is explained. Runs that ended in two ways are found on the same occasion. Idempotent: it looks at present facts, not at the event's.
 */
export function createResidualConsumer(deps: { clock: () => Date }): OutboxConsumer {
  return {
    name: RESIDUALS,
    topics: ['lineage.projected', 'timeliness.overdue', 'validation.changed'],
    async handle(tx, event) {
      if (event.topic === 'timeliness.overdue') {
        const { items } = timelinessOverdue.parse(event.payload);
        const transactionIds = [...new Set(items.map((item) => item.transactionId))];
        await judgeResiduals(tx, { objectIds: [], transactionIds }, deps.clock(), false);
        return;
      }
      const { objectIds, subjectIds, transactionIds, isSilent } = changedObjects.parse(event.payload);
      const changed = { objectIds: [...objectIds, ...subjectIds], transactionIds };
      await judgeResiduals(tx, changed, deps.clock(), isSilent);
      if (event.topic === 'lineage.projected') await judgeRunEndings(tx, objectIds, { isSilent });
    },
  };
}

async function judgeResiduals(
  tx: Tx,
  changed: { objectIds: readonly string[]; transactionIds: readonly string[] },
  now: Date,
  isSilent: boolean,
): Promise<void> {
  const subjects = await findJudgedObjects(tx, changed, now);
  const known = await findStatedScopes(tx, RESIDUALS, [
    ...new Set([...changed.objectIds, ...subjects.map(({ objectId }) => objectId)]),
  ]);
  const judged = await residualStatements(tx, subjects);
  const isStated = new Set(judged.statements.map(({ scope }) => scope));
  const withdrawn = known
    .filter((scope) => !isStated.has(scope) && !judged.unknownIds.has(scope))
    .map((scope) => ({ scope, problems: [] }));
  await stateProblems(tx, RESIDUALS, [...judged.statements, ...withdrawn], { isSilent });
}

type Judged = { statements: Statement[]; unknownIds: ReadonlySet<string> };

/** What is stated of these objects. Where too much hangs on all of them together, they are looked at in halves. */
async function residualStatements(tx: Tx, subjects: readonly ResidualSubject[]): Promise<Judged> {
  if (subjects.length === 0) return { statements: [], unknownIds: new Set() };
  if (subjects.length > OBJECTS_AT_ONCE) return residualsInHalves(tx, subjects);
  const ids = subjects.map(({ objectId }) => objectId);
  const graph = await loadMoneyGraph(tx, ids, MOST_LINKS);
  if (graph.isTruncated)
    return ids.length === 1 ? { statements: [], unknownIds: new Set(ids) } : residualsInHalves(tx, subjects);
  const residuals = residualsOf(
    graph.nodes,
    graph.links,
    await loadTolerances(tx),
    new Map(subjects.map(({ objectId, progress }) => [objectId, progress])),
    await findTold(tx, [...graph.nodes.keys()]),
  );
  const byId = new Map(subjects.map((subject) => [subject.objectId, subject]));
  const statements = [...new Set(residuals.map(({ objectId }) => objectId))].map((objectId) => ({
    scope: objectId,
    problems: residuals
      .filter((residual) => residual.objectId === objectId)
      .map((residual) => residualProblem(residual, byId.get(objectId)!)),
  }));
  return { statements, unknownIds: new Set() };
}

async function residualsInHalves(tx: Tx, subjects: readonly ResidualSubject[]): Promise<Judged> {
  const middle = Math.ceil(subjects.length / 2);
  const first = await residualStatements(tx, subjects.slice(0, middle));
  const second = await residualStatements(tx, subjects.slice(middle));
  return {
    statements: [...first.statements, ...second.statements],
    unknownIds: new Set([...first.unknownIds, ...second.unknownIds]),
  };
}
