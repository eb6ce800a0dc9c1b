import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { requireText, requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf } from '../../catalog/index.js';
import { RequirePermission } from '../../identity/index.js';
import type { RunbookScope } from '../domain/runbook.js';
import { archiveRunbook, rewriteRunbook, tickStep, writeRunbook, type RunbookOutcome } from './change-runbooks.js';
import {
  RunbookConnection,
  RunbookResult,
  RunbookScopeEnum,
  RunbookType,
  RunbookVersionType,
  RunbookWordsInput,
  type RunbookChangedType,
  type RunbookFailureType,
} from './graphql/runbook.types.js';
import {
  countRunbooks,
  findRunbooks,
  findVersions,
  listRunbooks,
  type RunbookRow,
  type RunbookVersionRow,
} from './runbook.repository.js';

const LIST = 'runbooks';
/** In characters. */
const LENGTHS = { title: { max: 200 }, body: { max: 100_000 }, key: { max: 200 } };

type Answer = RunbookChangedType | RunbookFailureType;

/** What to do about problems: written down once, found by the problem. */
@Resolver(() => RunbookType)
@RequirePermission('exception.read')
export class RunbooksResolver {
  @Query(() => RunbookConnection, { description: 'Those in use, the latest written first' })
  async runbooks(@Args() args: PageArgs, @CurrentOperation() operation: Operation): Promise<Connection<RunbookType>> {
    const page = readPage(args, LIST, ['instant', 'uuid']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listRunbooks(tx, page),
      cursorOf: (row) => [row.writtenAtText, row.id],
      nodeOf: (row): RunbookType => row,
      count: () => countRunbooks(tx),
    });
  }

  @Query(() => RunbookType, { nullable: true })
  async runbook(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<RunbookType | null> {
    return byId(operation, requireUuid(id, 'id'));
  }

  @ResolveField(() => [RunbookVersionType], { description: 'The latest first, at most 200' })
  async versions(
    @Parent() { id }: RunbookType,
    @CurrentOperation() operation: Operation,
  ): Promise<RunbookVersionType[]> {
    return (await operation.loader<string, RunbookVersionRow[]>('versions of runbook', findVersions).load(id)) ?? [];
  }

  @Mutation(() => RunbookResult, { description: 'A runbook at a place where there is none' })
  @RequirePermission('exception.work')
  async writeRunbook(
    @Args('scope', { type: () => RunbookScopeEnum }) scope: RunbookScope,
    @Args('scopeKey', { type: () => String }) scopeKey: string,
    @Args('words', { type: () => RunbookWordsInput }) words: RunbookWordsInput,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const key = scope === 'GROUP' ? requireUuid(scopeKey, 'scopeKey') : requireText(scopeKey, 'scopeKey', LENGTHS.key);
    const input = { place: { scope, key }, ...readWords(words) };
    return answer(operation, await operation.write((tx) => writeRunbook(tx, actOf(operation), input)));
  }

  @Mutation(() => RunbookResult, { description: '`version` = the one that this was written on' })
  @RequirePermission('exception.work')
  async rewriteRunbook(
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('words', { type: () => RunbookWordsInput }) words: RunbookWordsInput,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { runbookId: requireUuid(id, 'id'), version, ...readWords(words) };
    return answer(operation, await operation.write((tx) => rewriteRunbook(tx, actOf(operation), input)));
  }

  @Mutation(() => RunbookResult, { description: 'Takes it out of use; its versions are kept' })
  @RequirePermission('exception.work')
  async archiveRunbook(
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int, nullable: true, description: 'As it was seen; null = whichever is in force' })
    version: number | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { runbookId: requireUuid(id, 'id'), version: version ?? null };
    return answer(operation, await operation.write((tx) => archiveRunbook(tx, actOf(operation), input)));
  }

  @Mutation(() => RunbookResult, { description: 'Marks a step as done for an exception, or as not done' })
  @RequirePermission('exception.work')
  async tickRunbookStep(
    @Args('exceptionId', { type: () => ID }) exceptionId: string,
    @Args('runbookId', { type: () => ID }) runbookId: string,
    @Args('stepKey', { type: () => ID }) stepKey: string,
    @Args('isDone', { type: () => Boolean }) isDone: boolean,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = {
      exceptionId: requireUuid(exceptionId, 'exceptionId'),
      runbookId: requireUuid(runbookId, 'runbookId'),
      stepKey: requireUuid(stepKey, 'stepKey'),
      isDone,
    };
    return answer(operation, await operation.write((tx) => tickStep(tx, actOf(operation), input)));
  }
}

function readWords({ title, body }: RunbookWordsInput): { title: string; body: string } {
  return {
    title: requireText(title, 'words.title', LENGTHS.title),
    body: requireText(body, 'words.body', LENGTHS.body),
  };
}

async function byId(operation: Operation, id: string): Promise<RunbookType | null> {
  return operation.loader<string, RunbookRow>('runbook', findRunbooks).load(id);
}

async function answer(operation: Operation, outcome: RunbookOutcome): Promise<Answer> {
  const { runbookId } = outcome;
  const runbook = runbookId === null ? null : await byId(operation, runbookId);
  if (outcome.kind === 'failure') return { code: outcome.code, message: outcome.message, current: runbook };
  if (runbook === null) throw new Error(`runbook ${runbookId} is missing after it was changed`);
  return { runbook };
}
