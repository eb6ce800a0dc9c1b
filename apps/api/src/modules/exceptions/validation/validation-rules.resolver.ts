import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf, type CatalogFailure, type CatalogFailureType, isFailure, refuse } from '../../catalog/index.js';
import { findPeople, PersonType, RequirePermission } from '../../identity/index.js';
import { approveRule, recheckRule, retireRule, saveRule } from './change-rules.js';
import {
  RuleTrialResult,
  RuleViolationType,
  ValidationRuleResult,
  ValidationRuleType,
  ValidationRuleVersionType,
  type ValidationRuleSavedType,
  type ValidationRuleTriedType,
} from './graphql/validation-rule.types.js';
import { listRules, toVersion } from './rule-reader.js';
import { findVersions, type RuleVersionRow } from './rule-version.repository.js';
import { checkRule } from './rules-in-force.js';
import { tryRule } from './try-rule.js';
import { countViolations, firstViolations, type ListedViolation } from './violation.repository.js';

type Answer = ValidationRuleSavedType | CatalogFailureType;

const MOST_LISTED = 10;

/** Rules about stored documents: which there are, what violates them, and how they are changed. */
@Resolver(() => ValidationRuleType)
@RequirePermission('catalog.read')
export class ValidationRulesResolver {
  @Query(() => [ValidationRuleType], { description: 'By name' })
  async validationRules(@CurrentOperation() operation: Operation): Promise<ValidationRuleType[]> {
    return listRules(await operation.read());
  }

  @Query(() => ValidationRuleType, { nullable: true })
  async validationRule(
    @Args('name', { type: () => String }) name: string,
    @CurrentOperation() operation: Operation,
  ): Promise<ValidationRuleType | null> {
    return byName(operation, name);
  }

  @Query(() => RuleTrialResult, { description: 'What a definition would say of stored objects; nothing is changed' })
  @RequirePermission('exception.work')
  async tryValidationRule(
    @Args('definition', { type: () => String }) definition: string,
    @CurrentOperation() operation: Operation,
  ): Promise<ValidationRuleTriedType | CatalogFailureType> {
    const checked = checkRule(definition, null);
    if (!checked.ok) return refuse('INVALID', 'The rule cannot be read', checked.problems);
    const { first, ...trial } = await tryRule(await operation.read(), checked.rule);
    return { trial: { ...trial, first: first.map(toViolation) } };
  }

  @ResolveField(() => Int, { description: 'Objects that violate the version in force now' })
  async violations(@Parent() { name }: ValidationRuleType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await operation.loader<string, number>('rule violations', countViolations).load(name)) ?? 0;
  }

  @ResolveField(() => [RuleViolationType], { description: 'Ten of them' })
  @RequirePermission('exception.read')
  async firstViolations(
    @Parent() { name }: ValidationRuleType,
    @CurrentOperation() operation: Operation,
  ): Promise<RuleViolationType[]> {
    const loader = operation.loader<string, ListedViolation[]>('first violations', (tx, names) =>
      firstViolations(tx, names, MOST_LISTED),
    );
    return ((await loader.load(name)) ?? []).map(toViolation);
  }

  @ResolveField(() => [ValidationRuleVersionType], { description: 'Latest first' })
  async versions(
    @Parent() { name }: ValidationRuleType,
    @CurrentOperation() operation: Operation,
  ): Promise<ValidationRuleVersionType[]> {
    const loader = operation.loader<string, RuleVersionRow[]>('rule versions', async (tx, names) => {
      const rows = await findVersions(tx, names);
      return names.map((each) => rows.filter((row) => row.name === each));
    });
    return ((await loader.load(name)) ?? []).map(toVersion);
  }

  @Mutation(() => ValidationRuleResult, { description: 'A new version, a draft' })
  @RequirePermission('catalog.write')
  async saveValidationRule(
    @Args('name', { type: () => String }) name: string,
    @Args('definition', { type: () => String }) definition: string,
    @Args('note', { type: () => String }) note: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return saved(operation, await operation.write((tx) => saveRule(tx, actOf(operation), { name, definition, note })));
  }

  @Mutation(() => ValidationRuleResult, {
    description: 'Puts a draft in force, by another person than its maker; all that is stored is checked',
  })
  @RequirePermission('exception.approve')
  async approveValidationRule(
    @Args('name', { type: () => String }) name: string,
    @Args('version', { type: () => Int }) version: number,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return saved(operation, await operation.write((tx) => approveRule(tx, actOf(operation), { name, version })));
  }

  @Mutation(() => ValidationRuleResult, { description: 'Back to the version before it, or to the shipped one' })
  @RequirePermission('catalog.write')
  async retireValidationRule(
    @Args('name', { type: () => String }) name: string,
    @Args('version', { type: () => Int }) version: number,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return saved(operation, await operation.write((tx) => retireRule(tx, actOf(operation), { name, version })));
  }

  @Mutation(() => ValidationRuleResult, {
    description: 'Checks all that is stored: a shipped rule looks at what changes from its first day on',
  })
  @RequirePermission('catalog.write')
  async recheckValidationRule(
    @Args('name', { type: () => String }) name: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const rule = await byName(operation, name);
    if (rule === null || rule.activeVersion === 0) return refuse('NOT_FOUND', 'There is no such rule in force');
    const input = { name, types: rule.severity === 'off' ? [] : rule.about };
    return saved(operation, await operation.write((tx) => recheckRule(tx, actOf(operation), input)));
  }
}

/** Who made and who approved a version. */
@Resolver(() => ValidationRuleVersionType)
@RequirePermission('catalog.read')
export class ValidationRuleVersionResolver {
  @ResolveField(() => PersonType, { nullable: true })
  async createdBy(
    @Parent() { createdById }: ValidationRuleVersionType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return operation.loader('people', findPeople).load(createdById);
  }

  @ResolveField(() => PersonType, { nullable: true })
  async approvedBy(
    @Parent() { approvedById }: ValidationRuleVersionType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return approvedById === null ? null : operation.loader('people', findPeople).load(approvedById);
  }
}

function toViolation({ objectId, type, key, message }: ListedViolation): RuleViolationType {
  return { object: { id: objectId, type, key }, message };
}

async function byName(operation: Operation, name: string): Promise<ValidationRuleType | null> {
  return (await listRules(await operation.read())).find((rule) => rule.name === name) ?? null;
}

async function saved(operation: Operation, outcome: { name: string } | CatalogFailure): Promise<Answer> {
  if (isFailure(outcome)) return outcome;
  const rule = await byName(operation, outcome.name);
  if (rule === null) throw new CodedError('NOT_FOUND', 'There is no such rule any more');
  return { rule };
}
