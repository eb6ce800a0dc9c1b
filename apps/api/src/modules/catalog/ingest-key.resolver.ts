import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { DateTimeScalar } from '../../graphql/scalars.js';
import { RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import { isFailure, type CatalogFailure } from './domain/catalog-failure.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import {
  CreateIngestKeyArgs,
  IngestKeyConnection,
  IngestKeyResult,
  IngestKeyRevokeResult,
  IngestKeyType,
  IngestUsageType,
  type IngestKeyIssuedType,
  type IngestKeyRevokedType,
} from './graphql/ingest-key.types.js';
import {
  countIngestKeys,
  findIngestKeyById,
  findIngestUsage,
  findLastUses,
  listIngestKeys,
  type IngestKeyRow,
} from './ingest-key.repository.js';
import { createIngestKey, type IssuedKey } from './usecases/create-ingest-key.js';
import { revokeIngestKey } from './usecases/revoke-ingest-key.js';
import { rotateIngestKey } from './usecases/rotate-ingest-key.js';

const LIST = 'ingest-keys';
const DEFAULT_OVERLAP_HOURS = 24;
const MOST_USAGE_DAYS = 31;
const DAY_MS = 86_400_000;

type KeyAnswer = IngestKeyIssuedType | CatalogFailureType;

/** Ingest keys: what there are, what they sent, issuing, rotating and revoking. */
@Resolver(() => IngestKeyType)
@RequirePermission('catalog.read')
export class IngestKeyResolver {
  @Query(() => IngestKeyConnection, { description: 'Latest first' })
  async ingestKeys(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<IngestKeyType>> {
    const page = readPage(args, LIST, ['instant', 'uuid']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listIngestKeys(tx, page),
      cursorOf: (row) => [row.createdAtText, row.id],
      nodeOf: (row) => toIngestKey(row, operation.now()),
      count: () => countIngestKeys(tx),
    });
  }

  @ResolveField(() => DateTimeScalar, { nullable: true })
  async lastUsedAt(@Parent() { id }: IngestKeyType, @CurrentOperation() operation: Operation): Promise<Date | null> {
    return operation.loader<string, Date>('last uses of keys', findLastUses).load(id);
  }

  @ResolveField(() => [IngestUsageType], { description: 'By hour, of the last days' })
  async usage(
    @Parent() { id }: IngestKeyType,
    @Args('days', { type: () => Int, nullable: true, defaultValue: 7 }) days: number | null,
    @CurrentOperation() operation: Operation,
  ): Promise<IngestUsageType[]> {
    const span = days ?? 7;
    if (span < 1 || span > MOST_USAGE_DAYS) {
      throw new CodedError('INVALID_INPUT', `days must be a whole number from 1 to ${MOST_USAGE_DAYS}`);
    }
    const since = new Date(operation.now().getTime() - span * DAY_MS);
    const loader = operation.loader<string, IngestUsageType[]>(`usage of keys ${span}`, (tx, ids) =>
      findIngestUsage(tx, ids, since),
    );
    return (await loader.load(id)) ?? [];
  }

  @Mutation(() => IngestKeyResult)
  @RequirePermission('catalog.write')
  async createIngestKey(
    @Args() args: CreateIngestKeyArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<KeyAnswer> {
    const { name, sourceSystem = null, itemsPerSecond = null, expiresAt = null } = args;
    const input = { name, sourceSystem, itemsPerSecond, expiresAt };
    return issued(operation, await operation.write((tx) => createIngestKey(tx, actOf(operation), input)));
  }

  @Mutation(() => IngestKeyResult, { description: 'The old key is taken for overlapHours more' })
  @RequirePermission('catalog.write')
  async rotateIngestKey(
    @Args('id', { type: () => ID }) id: string,
    @Args('overlapHours', { type: () => Int, nullable: true, defaultValue: DEFAULT_OVERLAP_HOURS })
    overlapHours: number | null,
    @CurrentOperation() operation: Operation,
  ): Promise<KeyAnswer> {
    const input = { id: requireUuid(id, 'id'), overlapHours: overlapHours ?? DEFAULT_OVERLAP_HOURS };
    return issued(operation, await operation.write((tx) => rotateIngestKey(tx, actOf(operation), input)));
  }

  @Mutation(() => IngestKeyRevokeResult)
  @RequirePermission('catalog.write')
  async revokeIngestKey(
    @Args('id', { type: () => ID }) idText: string,
    @CurrentOperation() operation: Operation,
  ): Promise<IngestKeyRevokedType | CatalogFailureType> {
    const id = requireUuid(idText, 'id');
    const outcome = await operation.write((tx) => revokeIngestKey(tx, actOf(operation), id));
    return isFailure(outcome) ? outcome : { ingestKey: await requireKey(operation, outcome.keyId) };
  }
}

async function issued(operation: Operation, outcome: IssuedKey | CatalogFailure): Promise<KeyAnswer> {
  if (isFailure(outcome)) return outcome;
  return { key: outcome.key, ingestKey: await requireKey(operation, outcome.keyId) };
}

async function requireKey(operation: Operation, id: string): Promise<IngestKeyType> {
  const row = await findIngestKeyById(await operation.read(), id, false);
  if (row === null) throw new CodedError('NOT_FOUND', 'There is no such key');
  return toIngestKey(row, operation.now());
}

function toIngestKey(row: IngestKeyRow, now: Date): IngestKeyType {
  return { ...row, isActive: row.revokedAt === null && (row.expiresAt === null || row.expiresAt > now) };
}
