import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { findRebuild, findRemapping, RebuildType, RemappingType, toAfterwards } from '../../lineage/index.js';
import { listAbsencesAt } from '../../exceptions/index.js';
import { chooseLimit, refusePerson, refuseRole } from '../approval/domain/decision.js';
import { RequeueApproverType } from '../approval/graphql/approval.types.js';
import { mayApprove, ownersOfLimits, readPeople } from '../approval/read-asked.js';
import { readChangeLimits } from './change-limits.js';
import { readAskedChange, readChangeCheckers } from './decide-change.js';
import { LineageApprovalType, LineageChangeType, LineageGivenApprovalType } from './graphql/lineage-approval.types.js';
import { toLineageApproval } from './lineage-approval-reader.js';
import {
  findGiven,
  findLatestOfSubjects,
  findLineageApproval,
  type GivenLineageApproval,
  type LineageApprovalRow,
} from './lineage-approval.repository.js';

/** What stands beside an approval: who gave it, who may give it, and how far the change itself is. */
@Resolver(() => LineageApprovalType)
@RequirePermission('transaction.read')
export class LineageApprovalFieldsResolver {
  @ResolveField(() => [LineageGivenApprovalType])
  async approvals(
    @Parent() { id }: LineageApprovalType,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageGivenApprovalType[]> {
    const loader = operation.loader<string, GivenLineageApproval[]>('lineage approvals given', findGiven);
    return (await loader.load(id)) ?? [];
  }

  @ResolveField(() => [RequeueApproverType], {
    description: 'Everybody who has the right, and why not; none once nobody has to decide any more',
  })
  async approvers(
    @Parent() { id, state }: LineageApprovalType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueApproverType[]> {
    if (state !== 'PENDING_APPROVAL') return [];
    const tx = await operation.read();
    const row = await findLineageApproval(tx, id);
    if (row === null) return [];
    const now = operation.now();
    const people = await readPeople(tx);
    const absences = await listAbsencesAt(tx, now);
    const able = [...people.values()].filter(mayApprove);
    const asked = await readAskedChange(tx, row, { people, pendingHash: row.hash, now });
    const ids = able.map((person) => person.id);
    const checkers = await readChangeCheckers(tx, row, ids, people);
    const choices = await readChangeLimits(tx, row, ids, { people, now });
    return able.map((person) => {
      const checker = checkers.get(person.id)!;
      const owners = ownersOfLimits(row, person.id, { people, absences, now });
      const limit = chooseLimit(owners.flatMap((id) => choices.filter(({ ownerId }) => ownerId === id)));
      const refusal = refusePerson(asked, checker) ?? refuseRole(asked, checker) ?? ('code' in limit ? limit : null);
      return {
        person,
        canApprove: refusal === null,
        code: refusal?.code ?? null,
        whyNot: refusal?.message ?? null,
      };
    });
  }

  @ResolveField(() => LineageChangeType, { nullable: true })
  async change(
    @Parent() { kind, subjectId }: LineageApprovalType,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageChangeType | null> {
    const { viewer } = operation;
    const tx = await operation.read();
    if (kind === 'remap') {
      const row = await findRemapping(tx, subjectId);
      if (row === null) return null;
      const { state, selection: scope, signalsTotal, signalsDone, happened, happenedAt } = row;
      const total = signalsTotal === null ? null : Number(signalsTotal);
      const afterwards = toAfterwards(happened, happenedAt, viewer);
      return { state, scope, total, done: Number(signalsDone), afterwards };
    }
    const row = await findRebuild(tx, subjectId);
    if (row === null) return null;
    const { state, scope, total, done, happened, finishedAt } = row;
    const afterwards = toAfterwards(happened, finishedAt, viewer);
    return { state, scope, total: total === null ? null : Number(total), done: Number(done), afterwards };
  }
}

const ofSubject = async (operation: Operation, subjectId: string): Promise<LineageApprovalType | null> => {
  if (!operation.viewer.permissions.has('transaction.read')) return null;
  const loader = operation.loader<string, LineageApprovalRow>('lineage approval', findLatestOfSubjects);
  const row = await loader.load(subjectId);
  return row === null ? null : toLineageApproval(row, operation);
};

@Resolver(() => RebuildType)
@RequirePermission('lineage.rebuild')
export class RebuildApprovalResolver {
  @ResolveField(() => LineageApprovalType, {
    nullable: true,
    description: 'The latest; null = none was needed so far, or the viewer may not read transactions',
  })
  approval(
    @Parent() { id, approvalSubjectId }: RebuildType,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageApprovalType | null> {
    return ofSubject(operation, approvalSubjectId ?? id);
  }
}

@Resolver(() => RemappingType)
@RequirePermission('signal.read')
export class RemappingApprovalResolver {
  @ResolveField(() => LineageApprovalType, { nullable: true, description: 'The latest; null = none was needed so far' })
  approval(
    @Parent() { id }: RemappingType,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageApprovalType | null> {
    return ofSubject(operation, id);
  }
}
