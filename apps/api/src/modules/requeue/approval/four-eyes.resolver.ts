import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf, isFailure, type CatalogFailure, type CatalogFailureType } from '../../catalog/index.js';
import { findPeople, PersonType, RequirePermission } from '../../identity/index.js';
import { reportingMoney } from '../plan-reader.js';
import { approveFourEyes, retireFourEyes, saveFourEyes } from './change-four-eyes.js';
import { checkFourEyes, fourEyesInForce, type FourEyesInForce } from './four-eyes-in-force.js';
import { findVersions } from './four-eyes-version.repository.js';
import {
  FourEyesRulesResult,
  FourEyesRulesType,
  FourEyesVersionType,
  type FourEyesRulesSavedType,
} from './graphql/four-eyes.types.js';
import { FOUR_EYES } from './shipped-four-eyes.js';

type Answer = FourEyesRulesSavedType | CatalogFailureType;

/** Who approves what is sent again, and within which limits. */
@Resolver(() => FourEyesRulesType)
@RequirePermission('catalog.read')
export class FourEyesResolver {
  @Query(() => FourEyesRulesType)
  async fourEyesRules(@CurrentOperation() operation: Operation): Promise<FourEyesRulesType> {
    return toRules(await fourEyesInForce(await operation.read()));
  }

  @ResolveField(() => [FourEyesVersionType], { description: 'Latest first' })
  async versions(@CurrentOperation() operation: Operation): Promise<FourEyesVersionType[]> {
    const rows = await findVersions(await operation.read(), [FOUR_EYES]);
    return rows.map((row) => {
      const checked = checkFourEyes(row.definition, row.version);
      return { ...row, fault: checked.ok ? null : checked.problems.join('; ') };
    });
  }

  @Mutation(() => FourEyesRulesResult, { description: 'A new version, a draft' })
  @RequirePermission('catalog.write')
  async saveFourEyesRules(
    @Args('definition', { type: () => String }) definition: string,
    @Args('note', { type: () => String }) note: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return saved(operation, await operation.write((tx) => saveFourEyes(tx, actOf(operation), { definition, note })));
  }

  @Mutation(() => FourEyesRulesResult, { description: 'Puts a draft in force, by another person than its maker' })
  @RequirePermission('requeue.approve')
  async approveFourEyesRules(
    @Args('version', { type: () => Int }) version: number,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return saved(operation, await operation.write((tx) => approveFourEyes(tx, actOf(operation), version)));
  }

  @Mutation(() => FourEyesRulesResult, { description: 'Throws a draft away' })
  @RequirePermission('catalog.write')
  async retireFourEyesRules(
    @Args('version', { type: () => Int }) version: number,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return saved(operation, await operation.write((tx) => retireFourEyes(tx, actOf(operation), version)));
  }
}

/** Who made and who approved a version. */
@Resolver(() => FourEyesVersionType)
@RequirePermission('catalog.read')
export class FourEyesVersionResolver {
  @ResolveField(() => PersonType, { nullable: true })
  async createdBy(
    @Parent() { createdById }: FourEyesVersionType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return operation.loader('people', findPeople).load(createdById);
  }

  @ResolveField(() => PersonType, { nullable: true })
  async approvedBy(
    @Parent() { approvedById }: FourEyesVersionType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return approvedById === null ? null : operation.loader('people', findPeople).load(approvedById);
  }
}

function toRules({ fourEyes, definition, isShipped }: FourEyesInForce): FourEyesRulesType {
  const { version, expiresAfterHours, reviewWithinBusinessDays, rules, limits } = fourEyes;
  const moneyOf = (minor: bigint | null) => (minor === null ? null : reportingMoney(minor.toString()));
  return {
    version,
    isShipped,
    definition,
    expiresAfterHours,
    reviewWithinBusinessDays,
    rules: rules.map(({ when: { fromMinor, fromCount, fromActivities, closedPeriods, modes, ...when }, ...rule }) => ({
      ...rule,
      ...when,
      amountFrom: moneyOf(fromMinor),
      countFrom: fromCount,
      modes: modes ?? null,
      activitiesFrom: fromActivities ?? null,
      closedPeriods: closedPeriods === true,
    })),
    limits: limits.map(({ role, email, perDayMinor }) => ({ role, person: email, perDay: moneyOf(perDayMinor) })),
  };
}

async function saved(operation: Operation, outcome: { version: number } | CatalogFailure): Promise<Answer> {
  if (isFailure(outcome)) return outcome;
  return { rules: toRules(await fourEyesInForce(await operation.read())) };
}
