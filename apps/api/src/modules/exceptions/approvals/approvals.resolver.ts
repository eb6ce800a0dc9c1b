import { Args, ArgsType, Field, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { requireText, requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf } from '../../catalog/index.js';
import { RequirePermission } from '../../identity/index.js';
import { toAcceptance } from '../acceptance-reader.js';
import { findAcceptances } from '../acceptance.repository.js';
import { answerBulkAct } from '../bulk/bulk-act-answer.js';
import { toBulkActType } from '../bulk/bulk-act-reader.js';
import { findBulkActs } from '../bulk/bulk-act.repository.js';
import type { DecidingKind } from '../bulk/domain/bulk-act.js';
import { BulkActResult, type BulkActAcceptedType, type BulkActFailureType } from '../bulk/graphql/bulk-act.types.js';
import { COMMENT } from '../read-state-change.js';
import { toAskedByAct } from './asked-act-reader.js';
import { decideAskedAct } from './decide-asked-act.js';
import { countEntries, ENTRY_CURSOR_PARTS, findEntry, listEntries, type Entry } from './entry.repository.js';
import { AcceptanceEntryConnection, AcceptanceEntryType, SeenAskedInput } from './graphql/approvals.types.js';

const LIST = 'acceptanceEntries';
const HASH = /^[0-9a-f]{64}$/i;

type Answer = BulkActAcceptedType | BulkActFailureType;

@ArgsType()
class AcceptanceEntriesArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'What waits for a decision, the longest first; else what was decided, the latest first',
  })
  pending?: boolean | null;
}

/** What waits for a second person: requests by themselves, and all that one act asked for as one. */
@Resolver()
@RequirePermission('exception.read')
export class ApprovalsResolver {
  @Query(() => AcceptanceEntryConnection)
  async acceptanceEntries(
    @Args() args: AcceptanceEntriesArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<AcceptanceEntryType>> {
    const isPending = args.pending ?? true;
    const list = `${LIST} ${isPending}`;
    const page = readPage(args, list, ENTRY_CURSOR_PARTS);
    const tx = await operation.read();
    const rows = await listEntries(tx, isPending, page);
    const nodes = await toEntries(operation, rows);
    return toConnection({
      list,
      page,
      rows,
      cursorOf: (row) => [row.orderText, row.id],
      nodeOf: (row) => nodes.get(row.id)!,
      count: () => countEntries(tx, isPending),
    });
  }

  @Query(() => AcceptanceEntryType, {
    nullable: true,
    description: 'By the id of a request, of an act that asked, or of a decision on that; null = there is none',
  })
  async acceptanceEntry(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<AcceptanceEntryType | null> {
    const row = await findEntry(await operation.read(), requireUuid(id, 'id'));
    return row === null ? null : ((await toEntries(operation, [row])).get(row.id) ?? null);
  }

  @Mutation(() => BulkActResult, { description: 'All that one act asked for and waits; never by whoever asked for it' })
  @RequirePermission('exception.approve')
  async approveAskedByAct(
    @Args('id', { type: () => ID }) id: string,
    @Args('seen') seen: SeenAskedInput,
    @Args('comment', { type: () => String, nullable: true }) comment: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const reason = comment?.trim() ? requireText(comment, 'comment', COMMENT) : '';
    return decide(operation, 'APPROVE_ACCEPTANCES', { id, seen, reason });
  }

  @Mutation(() => BulkActResult, { description: 'The exceptions go back to where they were' })
  @RequirePermission('exception.approve')
  async rejectAskedByAct(
    @Args('id', { type: () => ID }) id: string,
    @Args('seen') seen: SeenAskedInput,
    @Args('reason', { type: () => String }) reason: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return decide(operation, 'REJECT_ACCEPTANCES', { id, seen, reason: requireText(reason, 'reason', COMMENT) });
  }

  @Mutation(() => BulkActResult, { description: 'By whoever asked for it' })
  @RequirePermission('exception.work')
  async withdrawAskedByAct(
    @Args('id', { type: () => ID }) id: string,
    @Args('seen') seen: SeenAskedInput,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return decide(operation, 'WITHDRAW_ACCEPTANCES', { id, seen, reason: '' });
  }
}

async function decide(
  operation: Operation,
  kind: DecidingKind,
  { id, seen, reason }: { id: string; seen: SeenAskedInput; reason: string },
): Promise<Answer> {
  const { count, hash, asOf } = seen;
  if (!HASH.test(hash)) throw new CodedError('INVALID_INPUT', 'seen.hash must be a SHA-256 in hex');
  const wish = { ofActId: requireUuid(id, 'id'), kind, reason, seen: { count, hash: hash.toLowerCase(), asOf } };
  return answerBulkAct(operation, await operation.write((tx) => decideAskedAct(tx, actOf(operation), wish)));
}

/** The entries by id, read kind by kind. */
async function toEntries(operation: Operation, rows: readonly Entry[]): Promise<Map<string, AcceptanceEntryType>> {
  const tx = await operation.read();
  const idsOf = (isAlone: boolean) => rows.filter(({ kind }) => (kind === 'alone') === isAlone).map(({ id }) => id);
  const alone = new Map(
    (await findAcceptances(tx, idsOf(true))).flatMap((row) => (row ? [[row.acceptanceId, row]] : [])),
  );
  const acts = new Map((await findBulkActs(tx, idsOf(false))).flatMap((row) => (row ? [[row.id, row]] : [])));
  return new Map(
    rows.map(({ kind, id, at }) => {
      const acceptance = alone.get(id);
      const act = acts.get(id);
      const entry: AcceptanceEntryType = {
        ...{ id, at },
        acceptance: acceptance ? toAcceptance(acceptance, operation.viewer) : null,
        asked: act && kind === 'act' ? toAskedByAct(act) : null,
        decision: act && kind === 'decision' ? toBulkActType(act, operation.viewer) : null,
      };
      return [id, entry];
    }),
  );
}
