import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { actOf } from '../catalog-act.js';
import { isFailure } from '../domain/catalog-failure.js';
import type { DeclaredCompensation } from '../domain/compensation-rules.js';
import type { CatalogFailureType } from '../graphql/catalog-failure.type.js';
import { IntegrationType } from '../graphql/catalog.types.js';
import { describeIntegrations } from '../integration.repository.js';
import {
  findCompensationHistories,
  findCompensationSettings,
  type CompensationSettingRow,
} from './compensation-setting.repository.js';
import {
  CompensationSettingResult,
  CompensationSettingType,
  SaveCompensationSettingArgs,
  type CompensationSettingSavedType,
  type DeclaredCompensationInput,
} from './compensation-setting.types.js';
import { saveCompensationSetting } from './save-compensation-setting.js';

/** What an integration undoes or tells where something went wrong. */
@Resolver(() => IntegrationType)
@RequirePermission('catalog.read')
export class CompensationSettingResolver {
  @ResolveField(() => CompensationSettingType, {
    nullable: true,
    description: 'What it undoes or tells; null = nothing',
  })
  async compensations(
    @Parent() { name }: IntegrationType,
    @CurrentOperation() operation: Operation,
  ): Promise<CompensationSettingType | null> {
    return operation.loader<string, CompensationSettingRow>('compensations', findCompensationSettings).load(name);
  }

  @ResolveField(() => [CompensationSettingType], { description: 'Latest first, at most a hundred' })
  async compensationHistory(
    @Parent() { name }: IntegrationType,
    @CurrentOperation() operation: Operation,
  ): Promise<CompensationSettingType[]> {
    const loader = operation.loader<string, CompensationSettingRow[]>(
      'compensation history',
      findCompensationHistories,
    );
    return (await loader.load(name)) ?? [];
  }

  @Mutation(() => CompensationSettingResult, { description: 'A new version of what it undoes or tells' })
  @RequirePermission('catalog.write')
  async saveCompensationSetting(
    @Args() { actions, ...args }: SaveCompensationSettingArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<CompensationSettingSavedType | CatalogFailureType> {
    const input = { ...args, actions: actions.map(toDeclared) };
    const outcome = await operation.write((tx) => saveCompensationSetting(tx, actOf(operation), input));
    if (isFailure(outcome)) return outcome;
    const [integration] = await describeIntegrations(await operation.read(), [outcome.integration]);
    if (integration === undefined) throw new CodedError('NOT_FOUND', 'There is no such integration');
    return { integration };
  }
}

function toDeclared({
  taxonomies,
  path,
  proofActivity,
  proofMilestone,
  ...rest
}: DeclaredCompensationInput): DeclaredCompensation {
  return {
    ...rest,
    taxonomies: taxonomies ?? [],
    path: path ?? null,
    proofActivity: proofActivity ?? null,
    proofMilestone: proofMilestone ?? null,
  };
}
