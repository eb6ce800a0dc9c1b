import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import {
  actOf,
  isFailure,
  listLegalEntities,
  type CatalogFailure,
  type CatalogFailureType,
} from '../../catalog/index.js';
import { findPeople, PersonType, RequirePermission } from '../../identity/index.js';
import { limitFor, limitOfDefinition } from '../domain/acceptance.js';
import { approveLimit, discardLimit, saveLimit } from './change-limits.js';
import {
  AcceptanceLimitResult,
  AcceptanceLimitType,
  AcceptanceLimitVersionType,
  type AcceptanceLimitSavedType,
} from './graphql/limit.types.js';
import { listLimitsInForce, listVersions, type LimitVersionRow } from './limit.repository.js';

type Answer = AcceptanceLimitSavedType | CatalogFailureType;

/** Up to where one person closes without correction, by legal entity, and how that is changed. */
@Resolver(() => AcceptanceLimitType)
@RequirePermission('catalog.read')
export class AcceptanceLimitsResolver {
  @Query(() => [AcceptanceLimitType], { description: 'Of each legal entity, by code' })
  async acceptanceLimits(@CurrentOperation() operation: Operation): Promise<AcceptanceLimitType[]> {
    return listLimits(operation);
  }

  @Mutation(() => AcceptanceLimitResult, { description: 'A new version, a draft' })
  @RequirePermission('catalog.write')
  async saveAcceptanceLimit(
    @Args('legalEntity', { type: () => String }) legalEntity: string,
    @Args('amount', {
      type: () => String,
      nullable: true,
      description: 'Decimal text in EUR; null = the general limit',
    })
    amount: string | null | undefined,
    @Args('note', { type: () => String }) note: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { legalEntity, amount: amount ?? null, note };
    return saved(operation, await operation.write((tx) => saveLimit(tx, actOf(operation), input)));
  }

  @Mutation(() => AcceptanceLimitResult, { description: 'Puts a draft in force, by another person than its maker' })
  @RequirePermission('exception.approve')
  async approveAcceptanceLimit(
    @Args('legalEntity', { type: () => String }) legalEntity: string,
    @Args('version', { type: () => Int }) version: number,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { legalEntity, version };
    return saved(operation, await operation.write((tx) => approveLimit(tx, actOf(operation), input)));
  }

  @Mutation(() => AcceptanceLimitResult, { description: 'Throws a draft away; what is in force stays so' })
  @RequirePermission('catalog.write')
  async discardAcceptanceLimit(
    @Args('legalEntity', { type: () => String }) legalEntity: string,
    @Args('version', { type: () => Int }) version: number,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { legalEntity, version };
    return saved(operation, await operation.write((tx) => discardLimit(tx, actOf(operation), input)));
  }
}

/** Who made and who approved a version. */
@Resolver(() => AcceptanceLimitVersionType)
@RequirePermission('catalog.read')
export class AcceptanceLimitVersionResolver {
  @ResolveField(() => PersonType, { nullable: true })
  async createdBy(
    @Parent() { createdById }: AcceptanceLimitVersionType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return operation.loader('people', findPeople).load(createdById);
  }

  @ResolveField(() => PersonType, { nullable: true })
  async approvedBy(
    @Parent() { approvedById }: AcceptanceLimitVersionType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return approvedById === null ? null : operation.loader('people', findPeople).load(approvedById);
  }
}

async function listLimits(operation: Operation): Promise<AcceptanceLimitType[]> {
  const tx = await operation.read();
  const versions = await listVersions(tx);
  const limits = await listLimitsInForce(tx);
  return (await listLegalEntities(tx)).map(({ code }) => ({
    legalEntity: code,
    limit: limitFor(code, limits),
    isGeneral: !limits.has(code),
    versions: versions.filter(({ name }) => name === code).map(toVersion),
  }));
}

function toVersion({ definition, ...row }: LimitVersionRow): AcceptanceLimitVersionType {
  return { ...row, limit: limitOfDefinition(definition) };
}

async function saved(operation: Operation, outcome: { legalEntity: string } | CatalogFailure): Promise<Answer> {
  if (isFailure(outcome)) return outcome;
  const limit = (await listLimits(operation)).find(({ legalEntity }) => legalEntity === outcome.legalEntity);
  if (limit === undefined) throw new CodedError('NOT_FOUND', 'There is no such legal entity any more');
  return { limit };
}
