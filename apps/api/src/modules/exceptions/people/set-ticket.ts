import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { readTicket, type TicketLink } from '../domain/ticket.js';
import type { GroupOutcome } from '../groups/change-groups.js';
import { lockGroups } from '../groups/group.repository.js';
import { lockUnchanged, type ActOutcome, type AskedExceptions } from '../usecases/act-outcome.js';
import { applyActs } from '../usecases/apply-acts.js';
import { deleteTickets, findTickets, putTickets, type TicketRow } from './ticket.repository.js';

type Stated = { ticket: TicketLink | null } | { message: string };

/** Links exceptions to a ticket in another system; null = to none any more. Those that have that link already are left as they are. */
export async function setExceptionTicket(
  tx: Tx,
  { viewer, now, traceId }: CatalogAct,
  input: AskedExceptions & { ticket: TicketLink | null },
): Promise<ActOutcome> {
  const stated = checked(input.ticket);
  if ('message' in stated) {
    return { kind: 'failure', code: 'INVALID_TICKET', message: stated.message, exceptionId: null };
  }
  const { ticket } = stated;
  const locked = await lockUnchanged(tx, input);
  if ('kind' in locked) return locked;
  const { exceptions } = locked;
  const before = await findTickets(tx, 'exception', input.exceptionIds);
  const concerned = exceptions.flatMap((exception, index) => {
    const had = before[index] ?? null;
    return isSame(had, ticket) ? [] : [{ exception, had }];
  });
  const ids = concerned.map(({ exception }) => exception.exceptionId);
  const by = { personId: viewer.personId, personName: viewer.displayName, at: now };
  await (ticket === null ? deleteTickets(tx, 'exception', ids) : putTickets(tx, 'exception', ids, ticket, by));
  await applyActs(
    tx,
    { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId },
    concerned.map(({ exception, had }) => ({
      exception,
      act: null,
      kind: ticket === null ? 'ticket-removed' : 'ticket-set',
      details: { ...(ticket ?? linkOf(had)) },
    })),
  );
  return { kind: 'changed', exceptionIds: [...input.exceptionIds] };
}

/** Links a group to a ticket: it is shown on all its members. Null = to none any more. */
export async function setGroupTicket(
  tx: Tx,
  act: CatalogAct,
  input: { groupId: string; ticket: TicketLink | null },
): Promise<GroupOutcome> {
  const { groupId } = input;
  const stated = checked(input.ticket);
  if ('message' in stated) {
    return { kind: 'failure', code: 'INVALID_TICKET', message: stated.message, groupId };
  }
  const { ticket } = stated;
  const [group] = await lockGroups(tx, [groupId]);
  if (group === undefined) return { kind: 'failure', code: 'NOT_FOUND', message: 'There is no such group.', groupId };
  const [had = null] = await findTickets(tx, 'exception-group', [groupId]);
  if (!isSame(had, ticket)) {
    const by = { personId: act.viewer.personId, personName: act.viewer.displayName, at: act.now };
    await (ticket === null
      ? deleteTickets(tx, 'exception-group', [groupId])
      : putTickets(tx, 'exception-group', [groupId], ticket, by));
    const action = `exception-group.${ticket === null ? 'ticket-removed' : 'ticket-set'}`;
    const details = { title: group.title, before: linkOf(had), after: ticket };
    await recordAct(tx, act, action, { type: 'exception-group', id: groupId }, details);
  }
  return { kind: 'changed', groupIds: [groupId], moved: 0 };
}

function checked(ticket: TicketLink | null): Stated {
  if (ticket === null) return { ticket };
  const read = readTicket(ticket);
  return 'problems' in read ? { message: `${read.problems.join('. ')}. Nothing was done.` } : read;
}

function linkOf(ticket: TicketRow | null): TicketLink | null {
  return ticket && { system: ticket.system, number: ticket.number, url: ticket.url };
}

function isSame(had: TicketRow | null, ticket: TicketLink | null): boolean {
  return had?.system === ticket?.system && had?.number === ticket?.number && had?.url === ticket?.url;
}
