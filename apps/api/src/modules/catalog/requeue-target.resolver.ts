import { Inject } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { SecretBox } from '@throughline/persistence';
import { API_CONFIG, type ApiConfig } from '../../config.js';
import { CodedError } from '../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import { isFailure, type CatalogFailure } from './domain/catalog-failure.js';
import { REQUEUE_ADAPTER_DESCRIPTIONS, REQUEUE_ADAPTERS } from './domain/requeue-adapters.js';
import { missingOf, readSecrets } from './domain/requeue-target.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import { IntegrationType } from './graphql/catalog.types.js';
import {
  RemoveRequeueTargetArgs,
  RequeueAdapterType,
  RequeueTargetInput,
  RequeueTargetResult,
  RequeueTargetType,
  type RequeueTargetSavedType,
  type RequeueTargetValueInput,
} from './graphql/requeue-target.types.js';
import { describeIntegrations } from './integration.repository.js';
import { findRequeueTargets, type StoredTarget } from './requeue-target.repository.js';
import { removeRequeueTarget, setRequeueTarget, type TargetSet } from './usecases/set-requeue-target.js';

/** Where integrations take what is sent again. */
@Resolver(() => IntegrationType)
@RequirePermission('catalog.read')
export class RequeueTargetResolver {
  private readonly box: SecretBox;
  private readonly allowedHosts: ReadonlySet<string>;

  constructor(@Inject(API_CONFIG) config: ApiConfig) {
    this.box = new SecretBox(config.secretKey);
    this.allowedHosts = new Set(config.outboundAllowedHosts.map((host) => host.toLowerCase()));
  }

  @Query(() => [RequeueAdapterType], { description: 'Every way to send again' })
  requeueAdapters(): RequeueAdapterType[] {
    return REQUEUE_ADAPTERS.map((adapter) => {
      const { keepsKeys, fields, ...description } = REQUEUE_ADAPTER_DESCRIPTIONS[adapter];
      return { ...description, mayKeepKeys: keepsKeys === 'if-declared', fields: [...fields] };
    });
  }

  @ResolveField(() => RequeueTargetType, { nullable: true, description: 'Null = nothing is sent again through it' })
  async requeueDestination(
    @Parent() { name }: IntegrationType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueTargetType | null> {
    const row = await operation.loader<string, StoredTarget>('requeue targets', findRequeueTargets).load(name);
    return row && toTarget(row, this.box);
  }

  @Mutation(() => RequeueTargetResult, { description: 'Sets the target whole; a secret that is not given stays' })
  @RequirePermission('catalog.write')
  async setRequeueTarget(
    @Args('input') { integration, makeSigningSecret, ...input }: RequeueTargetInput,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueTargetSavedType | CatalogFailureType> {
    const { box, allowedHosts } = this;
    const statement = {
      ...input,
      settings: byName(input.settings),
      secrets: byName(input.secrets),
      statusUrl: input.statusUrl ?? null,
      validateUrl: input.validateUrl ?? null,
    };
    const asked = { integration, statement, makesSecret: makeSigningSecret, box, allowedHosts };
    return saved(operation, await operation.write((tx) => setRequeueTarget(tx, actOf(operation), asked)));
  }

  @Mutation(() => RequeueTargetResult, { description: 'Nothing is sent again through it any more' })
  @RequirePermission('catalog.write')
  async removeRequeueTarget(
    @Args() { integration }: RemoveRequeueTargetArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueTargetSavedType | CatalogFailureType> {
    return saved(operation, await operation.write((tx) => removeRequeueTarget(tx, actOf(operation), integration)));
  }
}

async function saved(
  operation: Operation,
  outcome: TargetSet | CatalogFailure,
): Promise<RequeueTargetSavedType | CatalogFailureType> {
  if (isFailure(outcome)) return outcome;
  const [integration] = await describeIntegrations(await operation.read(), [outcome.integration]);
  if (integration === undefined) throw new CodedError('NOT_FOUND', 'There is no such integration');
  return { integration, newSecret: outcome.newSecret };
}

function byName(values: readonly RequeueTargetValueInput[]): Record<string, string> {
  return Object.fromEntries(values.map(({ name, value }) => [name, value]));
}

function toTarget({ sealedSecrets, settings, ...row }: StoredTarget, box: SecretBox): RequeueTargetType {
  const secrets = sealedSecrets === null ? {} : readSecrets(box.open(sealedSecrets));
  return {
    ...row,
    adapterTitle: REQUEUE_ADAPTER_DESCRIPTIONS[row.adapter].title,
    settings: Object.entries(settings).map(([name, value]) => ({ name, value })),
    secretsSet: Object.keys(secrets).sort(),
    missing: missingOf({ adapter: row.adapter, settings, secrets }),
  };
}
