import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { requireUuid, requireUuids } from '../../graphql/identifier.js';
import { toMoney } from '../../graphql/money.type.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { actOf } from '../catalog/index.js';
import { findPeople, PersonType, RequirePermission } from '../identity/index.js';
import { isStatementFailure, type StatementFailure } from './domain/statement-rules.js';
import { BusinessObjectType } from './graphql/object.types.js';
import {
  LineageStatementResult,
  LineageStatementType,
  type LineageStatedType,
  type LineageStatementFailureType,
  StateLineageInput,
} from './graphql/statement.types.js';
import { LineageReader } from './lineage-reader.js';
import { findStatement, listStatementsOf, type StatementRow } from './statement.repository.js';
import { stateLineage, type LineageWish } from './usecases/state-lineage.js';
import { withdrawStatement } from './usecases/withdraw-statement.js';

/** What people state about lineage. */
@Resolver(() => LineageStatementType)
@RequirePermission('transaction.read')
export class StatementResolver {
  constructor(private readonly reader: LineageReader) {}

  @ResolveField(() => PersonType, { nullable: true })
  async statedBy(
    @Parent() { statedById }: LineageStatementType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return operation.loader('people', findPeople).load(statedById);
  }

  @ResolveField(() => [BusinessObjectType], { description: 'As they are known today: one of a join that is in force' })
  async objects(
    @Parent() { objectIds }: LineageStatementType,
    @CurrentOperation() operation: Operation,
  ): Promise<BusinessObjectType[]> {
    const ids = [...new Set(objectIds.filter((id) => id !== null))];
    const found = await Promise.all(ids.map((id) => this.reader.businessObject(operation, id)));
    return found.filter((object) => object !== null);
  }

  @Mutation(() => LineageStatementResult, {
    description:
      'That two objects are linked, or are one; kept as a signal of its own, so that it survives every rebuild',
  })
  @RequirePermission('lineage.state')
  async stateLineage(
    @Args('input') input: StateLineageInput,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageStatedType | LineageStatementFailureType> {
    const wish = readWish(input);
    return answer(operation, await operation.write((tx) => stateLineage(tx, actOf(operation), wish)));
  }

  @Mutation(() => LineageStatementResult, { description: 'Takes a statement back; it stays visible as history' })
  @RequirePermission('lineage.state')
  async withdrawStatement(
    @Args('id', { type: () => ID }) id: string,
    @Args('reason') reason: string,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageStatedType | LineageStatementFailureType> {
    const wish = { statementId: requireUuid(id, 'id'), reason };
    return answer(operation, await operation.write((tx) => withdrawStatement(tx, actOf(operation), wish)));
  }
}

/** What was stated of an object. */
@Resolver(() => BusinessObjectType)
@RequirePermission('transaction.read')
export class ObjectStatementsResolver {
  @ResolveField(() => [LineageStatementType], {
    description: 'What people stated of it, withdrawals too, latest first, at most 100',
  })
  async statements(
    @Parent() { id }: BusinessObjectType,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageStatementType[]> {
    const loader = operation.loader<string, LineageStatementType[]>('statements', async (tx, ids) => {
      const rows = await listStatementsOf(tx, ids);
      return ids.map((objectId) => rows.filter((row) => row.objectId === objectId).map(toStatement));
    });
    return (await loader.load(id)) ?? [];
  }
}

async function answer(
  operation: Operation,
  outcome: { statementId: string } | StatementFailure,
): Promise<LineageStatedType | LineageStatementFailureType> {
  if (isStatementFailure(outcome)) return outcome;
  const row = await findStatement(await operation.read(), outcome.statementId);
  if (row === null) throw new CodedError('NOT_FOUND', 'There is no such statement');
  return { statement: toStatement(row) };
}

function readWish({ act, objectIds, amount, reason }: StateLineageInput): LineageWish {
  const [one, other, ...others] = requireUuids(objectIds, 'input.objectIds');
  if (one === undefined || others.length > 0)
    throw new CodedError('INVALID_INPUT', 'input.objectIds must name two objects');
  return {
    act: act === 'LINK' ? 'link' : 'identity',
    // Named twice it is one object, which is an answer of its own.
    objectIds: [one, other ?? one],
    amount: amount ?? null,
    reason,
  };
}

function toStatement(row: Omit<StatementRow, 'objectId'>): LineageStatementType {
  const { statement } = row;
  return {
    id: row.statementId,
    signalId: row.signalId,
    act: row.act === 'link' ? 'LINK' : 'IDENTITY',
    isWithdrawal: row.isWithdrawal,
    counts: row.counts,
    qualifier: statement.qualifier ?? null,
    amount: toMoney(statement.amount?.amount ?? null, statement.amount?.currency ?? null),
    reason: row.reason,
    statedAt: row.statedAt,
    statedById: row.statedById,
    objectIds: [row.firstObjectId, row.secondObjectId],
  };
}
