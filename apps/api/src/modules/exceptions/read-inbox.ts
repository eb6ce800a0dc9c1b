import { readPage, toConnection } from '../../graphql/connection.js';
import type { Operation } from '../../graphql/operation.js';
import { toException } from './exception-reader.js';
import { findRedirects } from './exceptions.repository.js';
import type { ExceptionPage, ExceptionsArgs } from './graphql/exception-list.types.js';
import { countExceptions, inboxCursorParts, listExceptions } from './inbox.repository.js';
import { readSelection } from './read-selection.js';

/** One page of the inbox, and what it takes to count and total all that match. */
export async function readInbox(operation: Operation, args: ExceptionsArgs): Promise<ExceptionPage> {
  const order = args.orderBy ?? 'MONEY_DESC';
  const list = `exceptions ${order}`;
  const page = readPage(args, list, inboxCursorParts(order));
  const asked = readSelection(args.filter, operation.now());
  const tx = await operation.read();
  // an earlier id of a merged object means today's
  const redirects = asked.objectId === null ? new Map<string, string>() : await findRedirects(tx, [asked.objectId]);
  const selection = { ...asked, objectId: asked.objectId && (redirects.get(asked.objectId) ?? asked.objectId) };
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
