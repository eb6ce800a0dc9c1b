import { NIL_UUID, maskText } from '@throughline/canonical';
import { Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toMoney } from '../../graphql/money.type.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { milestoneStandings } from './domain/milestone-standings.js';
import { LineageEdgeType } from './graphql/lineage.types.js';
import { TransactionObjectType } from './graphql/object.types.js';
import { findBlockers } from './blocker.repository.js';
import {
  ActivityEntryType,
  MilestoneType,
  TransactionBlockerType,
  TransactionType,
} from './graphql/transaction.types.js';
import { loadPerTransaction } from './load-per-transaction.js';
import {
  findActivities,
  findMilestones,
  findOpenHops,
  findTransactionLinks,
  findTransactionObjects,
} from './transaction-parts.repository.js';
import { WorkflowClocks } from './workflow-clocks.js';

/** What a transaction consists of; each part is one statement for all transactions of an answer. */
@Resolver(() => TransactionType)
@RequirePermission('transaction.read')
export class TransactionFieldsResolver {
  constructor(private readonly clocks: WorkflowClocks) {}

  @ResolveField(() => [MilestoneType])
  async milestones(
    @Parent() { id, workflow }: TransactionType,
    @CurrentOperation() operation: Operation,
  ): Promise<MilestoneType[]> {
    const clock = await this.clocks.of(operation);
    const [rows, openHops] = await Promise.all([
      loadPerTransaction(operation, 'milestones', findMilestones, id),
      loadPerTransaction(operation, 'open hops', findOpenHops, id),
    ]);
    const rules = this.clocks.workflow(workflow);
    const states = milestoneStandings(rules, rows, openHops, clock);
    return rows.map(({ objectId, objectType: type, objectKey: key, ...row }, index) => ({
      ...row,
      isRequired: rules?.milestones.find(({ name }) => name === row.name)?.isRequired ?? true,
      object: objectId === NIL_UUID || type === null || key === null ? null : { id: objectId, type, key },
      state: states[index] ?? 'PENDING',
    }));
  }

  @ResolveField(() => [TransactionBlockerType], { description: 'Why it is blocked, its own first; at most 20' })
  async blockedBy(
    @Parent() { id }: TransactionType,
    @CurrentOperation() operation: Operation,
  ): Promise<TransactionBlockerType[]> {
    const { milestoneHops } = await this.clocks.of(operation);
    const rows = await loadPerTransaction(operation, 'blockers', (tx, ids) => findBlockers(tx, milestoneHops, ids), id);
    return rows.map(({ objectId, objectType: type, objectKey: key, ...row }) => ({
      ...row,
      object: { id: objectId, type, key },
    }));
  }

  @ResolveField(() => [TransactionObjectType], { description: 'Members, and the hubs that they are linked to' })
  async objects(
    @Parent() { id }: TransactionType,
    @CurrentOperation() operation: Operation,
  ): Promise<TransactionObjectType[]> {
    const rows = await loadPerTransaction(operation, 'objects', findTransactionObjects, id);
    return rows.map(({ amount, currency, ...row }) => ({ ...row, amount: toMoney(amount, currency) }));
  }

  @ResolveField(() => [LineageEdgeType])
  async links(@Parent() { id }: TransactionType, @CurrentOperation() operation: Operation): Promise<LineageEdgeType[]> {
    const rows = await loadPerTransaction(operation, 'links', findTransactionLinks, id);
    return rows.map(({ amount, currency, ...row }) => ({ ...row, amount: toMoney(amount, currency) }));
  }

  @ResolveField(() => [ActivityEntryType], { description: 'In order of time; of a very busy one the latest 500' })
  async activities(
    @Parent() { id }: TransactionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ActivityEntryType[]> {
    const rows = await loadPerTransaction(operation, 'activities', findActivities, id);
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    return rows.map((row) => ({
      ...row,
      message: row.message === null || mayUnmask ? row.message : maskText(row.message).value,
    }));
  }

  @ResolveField(() => Int, { description: 'All of them, also those that `activities` leaves out' })
  async activityCount(@Parent() { id }: TransactionType, @CurrentOperation() operation: Operation): Promise<number> {
    const [first] = await loadPerTransaction(operation, 'activities', findActivities, id);
    return first?.ofAll ?? 0;
  }
}
