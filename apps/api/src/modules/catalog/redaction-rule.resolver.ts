import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import { isFailure } from './domain/catalog-failure.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import {
  RedactionRuleConnection,
  RedactionRuleResult,
  RedactionRuleType,
  SaveRedactionRuleArgs,
  type RedactionRuleSavedType,
} from './graphql/redaction-rule.types.js';
import { DismissResult, type DismissedType } from './graphql/unclaimed-integration.types.js';
import { COUNT_REDACTION_RULES, findRedactionRule, listRedactionRules } from './redaction-rule.repository.js';
import { deleteRedactionRule } from './usecases/delete-redaction-rule.js';
import { saveRedactionRule } from './usecases/save-redaction-rule.js';

const LIST = 'redaction-rules';

/** What is taken out of signals before they are stored. */
@Resolver(() => RedactionRuleType)
@RequirePermission('catalog.read')
export class RedactionRuleResolver {
  @Query(() => RedactionRuleConnection, { description: 'Latest first' })
  async redactionRules(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<RedactionRuleType>> {
    const page = readPage(args, LIST, ['instant', 'uuid']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listRedactionRules(tx, page),
      cursorOf: (row) => [row.createdAtText, row.id],
      nodeOf: (row): RedactionRuleType => row,
      count: () => countRows(tx, COUNT_REDACTION_RULES, [tx.tenantId]),
    });
  }

  @Mutation(() => RedactionRuleResult, { description: 'The same place stated again changes its rule' })
  @RequirePermission('catalog.write')
  async saveRedactionRule(
    @Args() args: SaveRedactionRuleArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<RedactionRuleSavedType | CatalogFailureType> {
    const { path, action } = args;
    const { sourceSystem, signalKind, note } = args;
    const statement = {
      sourceSystem: sourceSystem ?? '',
      signalKind: signalKind ?? '',
      path: path.trim(),
      action,
      note: (note ?? '').trim(),
    };
    const outcome = await operation.write((tx) => saveRedactionRule(tx, actOf(operation), statement));
    if (isFailure(outcome)) return outcome;
    const rule = await findRedactionRule(await operation.read(), outcome.ruleId);
    if (rule === null) throw new CodedError('NOT_FOUND', 'There is no such redaction rule');
    return { rule };
  }

  @Mutation(() => DismissResult)
  @RequirePermission('catalog.write')
  async deleteRedactionRule(
    @Args('id', { type: () => ID }) idText: string,
    @CurrentOperation() operation: Operation,
  ): Promise<DismissedType | CatalogFailureType> {
    const id = requireUuid(idText, 'id');
    return operation.write((tx) => deleteRedactionRule(tx, actOf(operation), id));
  }
}
