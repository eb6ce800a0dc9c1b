import { maskPayload } from '@throughline/canonical';
import { FINDING_KINDS, type FindingKind } from '@throughline/lineage';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { countFindings, countFindingsByKind, listFindings, type FindingRow } from './finding.repository.js';
import {
  FindingConnection,
  FindingCountType,
  FindingType,
  FindingsArgs,
  type FindingKindName,
} from './graphql/finding.types.js';
import { BusinessObjectType } from './graphql/object.types.js';
import { TransactionType } from './graphql/transaction.types.js';
import { LineageReader } from './lineage-reader.js';

const LIST = 'findings';
/** Kinds that are about a transaction, not an object. */
const OF_TRANSACTIONS: ReadonlySet<string> = new Set<FindingKindName>([
  'TRANSACTION_TRUNCATED',
  'MORE_THAN_EXPECTED',
  'OUT_OF_SEQUENCE',
]);

/** What is wrong with the lineage itself, and with master data. */
@Resolver(() => FindingType)
@RequirePermission('transaction.read')
export class FindingResolver {
  constructor(private readonly reader: LineageReader) {}

  @Query(() => FindingConnection, { description: 'By kind' })
  async findings(
    @Args() args: FindingsArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<FindingType>> {
    const page = readPage(args, LIST, ['text', 'uuid', 'text']);
    const kinds = args.filter?.kinds?.map(toKind) ?? FINDING_KINDS;
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listFindings(tx, kinds, page),
      cursorOf: (row) => [row.kind, row.subjectId, row.about],
      nodeOf: (row) => toFinding(operation, row),
      count: () => countFindings(tx, kinds),
    });
  }

  @Query(() => [FindingCountType], { description: 'Kinds of which there are any' })
  async findingCounts(@CurrentOperation() operation: Operation): Promise<FindingCountType[]> {
    const counts = await countFindingsByKind(await operation.read());
    return counts.map(({ kind, count }) => ({ kind: toKindName(kind), count }));
  }

  @ResolveField(() => BusinessObjectType, { nullable: true, description: 'Null where it is about a transaction' })
  object(
    @Parent() { kind, subjectId }: FindingType,
    @CurrentOperation() operation: Operation,
  ): Promise<BusinessObjectType | null> | null {
    return OF_TRANSACTIONS.has(kind) ? null : this.reader.businessObject(operation, subjectId);
  }

  @ResolveField(() => TransactionType, { nullable: true, description: 'Null where it is about an object' })
  transaction(
    @Parent() { kind, subjectId }: FindingType,
    @CurrentOperation() operation: Operation,
  ): Promise<TransactionType | null> | null {
    return OF_TRANSACTIONS.has(kind) ? this.reader.transaction(operation, subjectId) : null;
  }

  @ResolveField(() => [BusinessObjectType], { description: 'Other objects that it is about, at most 20' })
  async related(
    @Parent() { details, subjectId }: FindingType,
    @CurrentOperation() operation: Operation,
  ): Promise<BusinessObjectType[]> {
    const { objectIds } = (details ?? {}) as { objectIds?: string[] };
    const others = (objectIds ?? []).filter((id) => id !== subjectId).slice(0, 20);
    const found = await Promise.all(others.map((id) => this.reader.businessObject(operation, id)));
    return found.filter((object) => object !== null);
  }
}

/** A row as the API shows it. */
export function toFinding({ viewer }: Operation, { kind, details, ...row }: FindingRow): FindingType {
  const mayUnmask = viewer.permissions.has('payload.unmask');
  return { ...row, kind: toKindName(kind), details: mayUnmask ? details : maskPayload(details).value };
}

function toKindName(kind: FindingKind): FindingKindName {
  return kind.toUpperCase().replaceAll('-', '_') as FindingKindName;
}

function toKind(name: FindingKindName): FindingKind {
  return name.toLowerCase().replaceAll('_', '-') as FindingKind;
}
