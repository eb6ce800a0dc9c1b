import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf } from '../../catalog/index.js';
import { RequirePermission } from '../../identity/index.js';
import { answerAct } from '../act-answer.js';
import { hostOf, type TicketLink } from '../domain/ticket.js';
import { AskedExceptionsArgs } from '../graphql/asked-exceptions.args.js';
import { ExceptionActResult, type ActFailureType, type ExceptionsChangedType } from '../graphql/act-result.types.js';
import { ExceptionType } from '../graphql/exception.types.js';
import {
  ExceptionGroupResult,
  type ExceptionGroupFailureType,
  type ExceptionGroupsChangedType,
} from '../groups/graphql/group-list.types.js';
import { ExceptionGroupType } from '../groups/graphql/group.types.js';
import { answerGroupAct } from '../groups/groups.resolver.js';
import { readAsked } from '../read-asked.js';
import { findGroupNotes, type GroupNoteRow } from './group-note.repository.js';
import { GroupNoteType } from './graphql/group-note.types.js';
import { ExternalTicketInput, ExternalTicketType } from './graphql/ticket.types.js';
import { setExceptionTicket, setGroupTicket } from './set-ticket.js';
import { findTickets, type TicketRow, type TicketSubject } from './ticket.repository.js';

/** Tickets of exceptions in other systems. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionTicketsResolver {
  @ResolveField(() => ExternalTicketType, { nullable: true })
  async ticket(
    @Parent() { id }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExternalTicketType | null> {
    return ticketOf(operation, 'exception', id);
  }

  @Mutation(() => ExceptionActResult, { description: 'ticket null = takes the link away' })
  @RequirePermission('exception.work')
  async setExceptionTicket(
    @Args() asked: AskedExceptionsArgs,
    @Args('ticket', { type: () => ExternalTicketInput, nullable: true }) ticket: ExternalTicketInput | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionsChangedType | ActFailureType> {
    const input = { ...readAsked(asked), ticket: toLink(ticket) };
    return answerAct(operation, await operation.write((tx) => setExceptionTicket(tx, actOf(operation), input)));
  }
}

/** The ticket of a group, and what people wrote about all of it. */
@Resolver(() => ExceptionGroupType)
@RequirePermission('exception.read')
export class GroupTicketsResolver {
  @ResolveField(() => ExternalTicketType, { nullable: true })
  async ticket(
    @Parent() { id }: ExceptionGroupType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExternalTicketType | null> {
    return ticketOf(operation, 'exception-group', id);
  }

  @ResolveField(() => [GroupNoteType], { description: 'The latest first' })
  async notes(
    @Parent() { id }: ExceptionGroupType,
    @CurrentOperation() operation: Operation,
  ): Promise<GroupNoteType[]> {
    return (await operation.loader<string, GroupNoteRow[]>('group notes', findGroupNotes).load(id)) ?? [];
  }

  @Mutation(() => ExceptionGroupResult, { description: 'Shown on all of the group; ticket null = takes the link away' })
  @RequirePermission('exception.work')
  async setExceptionGroupTicket(
    @Args('id', { type: () => ID }) id: string,
    @Args('ticket', { type: () => ExternalTicketInput, nullable: true }) ticket: ExternalTicketInput | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionGroupsChangedType | ExceptionGroupFailureType> {
    const input = { groupId: requireUuid(id, 'id'), ticket: toLink(ticket) };
    return answerGroupAct(operation, await operation.write((tx) => setGroupTicket(tx, actOf(operation), input)));
  }
}

function toLink(ticket: ExternalTicketInput | null | undefined): TicketLink | null {
  return ticket ? { system: ticket.system, number: ticket.number, url: ticket.url ?? null } : null;
}

async function ticketOf(operation: Operation, type: TicketSubject, id: string): Promise<ExternalTicketType | null> {
  const loader = operation.loader<string, TicketRow>(`ticket of ${type}`, (tx, ids) => findTickets(tx, type, ids));
  const row = await loader.load(id);
  return row && { ...row, host: hostOf(row.url) };
}
