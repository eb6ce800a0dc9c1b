import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { KNOWN_CALENDARS } from '@throughline/sla';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import { isFailure } from './domain/catalog-failure.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import {
  BusinessCalendarType,
  LegalEntityResult,
  SaveLegalEntityArgs,
  type LegalEntitySavedType,
} from './graphql/legal-entity.types.js';
import { saveLegalEntity } from './usecases/save-legal-entity.js';

/** The companies of the group, on the calendars that their due times follow. */
@Resolver(() => BusinessCalendarType)
@RequirePermission('catalog.read')
export class LegalEntityResolver {
  @Query(() => [BusinessCalendarType], { description: 'Calendars that a legal entity can be on' })
  businessCalendars(): BusinessCalendarType[] {
    return [...KNOWN_CALENDARS.values()].map(({ name, title }) => ({ name, title }));
  }

  @Mutation(() => LegalEntityResult, { description: 'Adds a legal entity or changes one' })
  @RequirePermission('catalog.write')
  async saveLegalEntity(
    @Args() args: SaveLegalEntityArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<LegalEntitySavedType | CatalogFailureType> {
    const outcome = await operation.write((tx) => saveLegalEntity(tx, actOf(operation), args));
    return isFailure(outcome) ? outcome : { legalEntity: outcome };
  }
}
