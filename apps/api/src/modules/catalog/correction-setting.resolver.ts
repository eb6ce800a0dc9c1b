import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import {
  findCorrectionHistories,
  findCorrectionSettings,
  type CorrectionSettingRow,
} from './correction-setting.repository.js';
import { isFailure } from './domain/catalog-failure.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import { IntegrationType } from './graphql/catalog.types.js';
import {
  CorrectionSettingResult,
  CorrectionSettingType,
  SaveCorrectionSettingArgs,
  type CorrectionSettingSavedType,
} from './graphql/correction-setting.types.js';
import { describeIntegrations } from './integration.repository.js';
import { saveCorrectionSetting } from './usecases/save-correction-setting.js';

/** What of the payloads of an integration may be corrected. */
@Resolver(() => IntegrationType)
@RequirePermission('catalog.read')
export class CorrectionSettingResolver {
  @ResolveField(() => CorrectionSettingType, {
    nullable: true,
    description: 'What may be corrected in its payloads; null = nothing',
  })
  async corrections(
    @Parent() { name }: IntegrationType,
    @CurrentOperation() operation: Operation,
  ): Promise<CorrectionSettingType | null> {
    return operation.loader<string, CorrectionSettingRow>('correction setting', findCorrectionSettings).load(name);
  }

  @ResolveField(() => [CorrectionSettingType], { description: 'Latest first, at most a hundred' })
  async correctionHistory(
    @Parent() { name }: IntegrationType,
    @CurrentOperation() operation: Operation,
  ): Promise<CorrectionSettingType[]> {
    const loader = operation.loader<string, CorrectionSettingRow[]>('correction history', findCorrectionHistories);
    return (await loader.load(name)) ?? [];
  }

  @Mutation(() => CorrectionSettingResult, { description: 'A new version of what may be corrected' })
  @RequirePermission('catalog.write')
  async saveCorrectionSetting(
    @Args() { contractType, ...args }: SaveCorrectionSettingArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<CorrectionSettingSavedType | CatalogFailureType> {
    const input = { ...args, contractType: contractType ?? null };
    const outcome = await operation.write((tx) => saveCorrectionSetting(tx, actOf(operation), input));
    if (isFailure(outcome)) return outcome;
    const [integration] = await describeIntegrations(await operation.read(), [outcome.integration]);
    if (integration === undefined) throw new CodedError('NOT_FOUND', 'There is no such integration');
    return { integration };
  }
}
