import { readPage, toConnection } from '../../graphql/connection.js';
import type { Operation } from '../../graphql/operation.js';
import { toException } from './exception-reader.js';
import { findRedirects } from './exceptions.repository.js';
import type { InboxSelection } from './domain/inbox-selection.js';
import type { ExceptionFilterInput, ExceptionPage, ExceptionsArgs } from './graphql/exception-list.types.js';
import { countExceptions, DEFAULT_ORDER, inboxCursorParts, listExceptions } from './inbox.repository.js';
import { reachOfText } from './inbox/text-sql.js';
import { readSelection } from './read-selection.js';

/** One page of the inbox, and what it takes to count and total all that match. */
export async function readInbox(operation: Operation, args: ExceptionsArgs): Promise<ExceptionPage> {
  const order = args.orderBy ?? DEFAULT_ORDER;
  const list = `exceptions ${order}`;
  const page = readPage(args, list, inboxCursorParts(order));
  const selection = await resolveSelection(operation, args.filter);
  const tx = await operation.read();
  const connection = toConnection({
    list,
    page,
    rows: await listExceptions(tx, selection, order, page),
    cursorOf: (row) => [row.orderText, row.exceptionId],
    nodeOf: (row) => toException(row, operation.viewer),
    count: () => countExceptions(tx, selection),
  });
  return { ...connection, selection };
}

/** The selection that a filter means now. */
export async function resolveSelection(
  operation: Operation,
  filter: ExceptionFilterInput | null | undefined,
): Promise<InboxSelection> {
  const asked = readSelection(filter, operation.now());
  const tx = await operation.read();
  const selection = { ...asked, ...(await reachOfText(tx, asked)) };
  if (asked.objectId === null) return selection;
  // an earlier id of a merged object means today's
  const redirects = await findRedirects(tx, [asked.objectId]);
  return { ...selection, objectId: redirects.get(asked.objectId) ?? asked.objectId };
}
