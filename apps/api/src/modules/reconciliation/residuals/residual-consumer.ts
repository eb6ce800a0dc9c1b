import { residualsOf } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { z } from 'zod';
import type { OutboxConsumer } from '../../../outbox/index.js';
import { loadMoneyGraph, loadTolerances } from '../../lineage/index.js';
import { stateProblems } from '../stated-problem.repository.js';
import { findJudgedObjects, findStatedScopes, findTold, RESIDUALS } from './residual.repository.js';
import { residualProblem } from './residual-problems.js';

const lineageProjected = z.object({
  objectIds: z.array(z.guid()),
  transactionIds: z.array(z.guid()).default([]),
  isSilent: z.boolean().default(false),
});

const timelinessOverdue = z.object({ items: z.array(z.object({ transactionId: z.guid() })) });

/** Links around all objects of one look; of more nothing is said, rather than something wrong. */
const MOST_LINKS = 50_000;

/**
 * The engine of rests: states what money is left that nothing explains, as the lineage and the clock tell, and withdraws it when it
 * is explained. Idempotent: it looks at present facts, not at the event's.
 */
export function createResidualConsumer(deps: { clock: () => Date }): OutboxConsumer {
  return {
    name: RESIDUALS,
    topics: ['lineage.projected', 'timeliness.overdue'],
    async handle(tx, event) {
      if (event.topic === 'timeliness.overdue') {
        const { items } = timelinessOverdue.parse(event.payload);
        const transactionIds = [...new Set(items.map((item) => item.transactionId))];
        await judgeResiduals(tx, { objectIds: [], transactionIds }, deps.clock(), false);
        return;
      }
      const { isSilent, ...changed } = lineageProjected.parse(event.payload);
      await judgeResiduals(tx, changed, deps.clock(), isSilent);
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
  const ids = subjects.map(({ objectId }) => objectId);
  const known = await findStatedScopes(tx, [...new Set([...changed.objectIds, ...ids])]);
  if (ids.length === 0 && known.length === 0) return;
  const graph = await loadMoneyGraph(tx, ids, MOST_LINKS);
  if (graph.isTruncated) return;
  const residuals = residualsOf(
    graph.nodes,
    graph.links,
    await loadTolerances(tx),
    new Map(subjects.map(({ objectId, progress }) => [objectId, progress])),
    await findTold(tx, [...graph.nodes.keys()]),
  );
  const byId = new Map(subjects.map((subject) => [subject.objectId, subject]));
  const stated = [...new Set(residuals.map(({ objectId }) => objectId))].map((objectId) => ({
    scope: objectId,
    problems: residuals
      .filter((residual) => residual.objectId === objectId)
      .map((residual) => residualProblem(residual, byId.get(objectId)!)),
  }));
  const isStated = new Set(stated.map(({ scope }) => scope));
  const withdrawn = known.filter((scope) => !isStated.has(scope)).map((scope) => ({ scope, problems: [] }));
  await stateProblems(tx, RESIDUALS, [...stated, ...withdrawn], { isSilent });
}
