import { maskText } from '@throughline/canonical';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AliasType } from '../../graphql/alias.type.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { toMoney } from '../../graphql/money.type.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { StatementOriginType } from '../../graphql/statement-origin.type.js';
import { RequirePermission } from '../identity/index.js';
import { findFindingsOf, type FindingRow } from './finding.repository.js';
import { toFinding } from './finding.resolver.js';
import { FindingType } from './graphql/finding.types.js';
import {
  ActivityEntryConnection,
  ObjectLinkConnection,
  ObjectLinksArgs,
  type ObjectLinkType,
} from './graphql/object-link.types.js';
import { BusinessObjectType } from './graphql/object.types.js';
import type { ActivityEntryType } from './graphql/transaction.types.js';
import { countLinksOf, listLinksOf, type ObjectLinkRow } from './object-link.repository.js';
import {
  countActivitiesOf,
  findFirstStatements,
  findOrigins,
  findValidities,
  listActivitiesOf,
  type LinkKey,
  type OriginRow,
  type ValidityRow,
} from './object-statement.repository.js';

/** What an object hangs together with, and what is wrong with it. */
@Resolver(() => BusinessObjectType)
@RequirePermission('transaction.read')
export class ObjectPartsResolver {
  @ResolveField(() => [FindingType], { description: 'What is wrong with its lineage or master data' })
  async findings(
    @Parent() { id }: BusinessObjectType,
    @CurrentOperation() operation: Operation,
  ): Promise<FindingType[]> {
    const rows = await operation.loader<string, FindingRow[]>('findings of objects', findFindingsOf).load(id);
    return (rows ?? []).map((row) => toFinding(operation, row));
  }

  @ResolveField(() => ObjectLinkConnection, { description: 'On one side, the latest first' })
  async links(
    @Parent() { id }: BusinessObjectType,
    @Args() args: ObjectLinksArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<ObjectLinkType>> {
    const { direction } = args;
    const list = `links ${direction}`;
    const page = readPage(args, list, ['instant', 'uuid', 'text']);
    const tx = await operation.read();
    const rows = await listLinksOf(tx, id, direction, page);
    const details = await detailsOf(operation, rows);
    return toConnection({
      list,
      page,
      rows,
      cursorOf: (row) => [row.firstText, row.otherId, row.qualifier],
      nodeOf: (row) => toLink(row, direction, details.get(row)),
      count: () => countLinksOf(tx, id, direction),
    });
  }

  @ResolveField(() => ActivityEntryConnection, { description: 'What names it, the latest first' })
  async activities(
    @Parent() { id }: BusinessObjectType,
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<ActivityEntryType>> {
    const list = 'activities of object';
    const page = readPage(args, list, ['instant', 'uuid']);
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listActivitiesOf(tx, id, page),
      cursorOf: (row) => [row.occurredText, row.id],
      nodeOf: ({ message, occurredText: _text, ...row }) => ({
        ...row,
        message: message === null || mayUnmask ? message : maskText(message).value,
      }),
      count: () => countActivitiesOf(tx, id),
    });
  }
}

/** Who gave an object its names. */
@Resolver(() => AliasType)
@RequirePermission('transaction.read')
export class AliasOriginResolver {
  @ResolveField(() => StatementOriginType, {
    nullable: true,
    description: 'Who stated the name first; null where only the name is told',
  })
  async statedBy(
    @Parent() { aliasId }: AliasType,
    @CurrentOperation() operation: Operation,
  ): Promise<StatementOriginType | null> {
    if (aliasId === undefined) return null;
    return operation.loader<string, OriginRow>('first statements of names', findFirstStatements).load(aliasId);
  }
}

type LinkDetails = { origin: OriginRow | null; validity: ValidityRow | null };

async function detailsOf(
  operation: Operation,
  rows: readonly ObjectLinkRow[],
): Promise<Map<ObjectLinkRow, LinkDetails>> {
  const origins = operation.loader<string, OriginRow>('origins of links', findOrigins);
  const validities = operation.loader<LinkKey, ValidityRow>('validities of links', findValidities);
  const details = rows.map(async (row): Promise<[ObjectLinkRow, LinkDetails]> => {
    const [origin, validity] = await Promise.all([origins.load(row.assertedById), validities.load(row)]);
    return [row, { origin, validity }];
  });
  return new Map(await Promise.all(details));
}

function toLink(row: ObjectLinkRow, direction: ObjectLinkType['direction'], details?: LinkDetails): ObjectLinkType {
  return {
    direction,
    object: { id: row.otherId, type: row.otherType, key: row.otherKey },
    qualifier: row.qualifier,
    isContext: row.isContext,
    isEstablished: row.isEstablished,
    amount: toMoney(row.amount, row.currency),
    validFrom: details?.validity?.validFrom ?? null,
    validTo: details?.validity?.validTo ?? null,
    firstSeenAt: row.firstSeenAt,
    assertedBy: details?.origin ?? null,
  };
}
