import { createHash, randomUUID } from 'node:crypto';
import { maskText } from '@throughline/canonical';
import type { Database, Tx } from '@throughline/persistence';
import type { GraphQLSchema } from 'graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import type { ClosableOperation } from '../../../graphql/operation.js';
import { recordAudit } from '../../audit/index.js';
import { ExportTooLarge, type ExportKind, type StartedExport } from '../../lineage/index.js';
import { filterWords, idsOf } from '../domain/filter-words.js';
import { filterOf, maySee, type StoredFilter } from '../domain/saved-view.js';
import { SHIPPED_VIEWS } from '../domain/shipped-views.js';
import type { InboxOrder } from '../inbox.repository.js';
import { filterReader, presentSelections, readStoredFilter } from '../views/read-stored-filter.js';
import { findViews } from '../views/view.repository.js';
import { insertExportProof } from './export-proof.repository.js';
import { EXCEPTION_FILES, readExportRequest, type ExceptionExportRequest } from './export-request.js';
import { namesOfIds } from '../names-of-ids.repository.js';
import { exportPages, measureSelection } from './export-rows.repository.js';
import { statementLines, type StatedExport } from './export-statement.js';
import { csvText, workbook } from './export-text.js';

/** Exceptions that one file may hold. */
export const MOST_EXCEPTIONS = 200_000;

const ORDER_WORDS: Readonly<Record<InboxOrder, string>> = {
  PRIORITY_DESC: 'priority, the most urgent first',
  MONEY_DESC: 'amount in EUR, the largest first',
  OPENED_ASC: 'opened, the oldest first',
  OPENED_DESC: 'opened, the latest first',
};

type Parts = { database: () => Database; schema: () => GraphQLSchema; most?: number };

/** What is exported: a view, or a filter that has no name. */
type Asked = { view: string | null; filter: StoredFilter; orderBy: InboxOrder };

/**
 * Exports of exceptions as the viewer may see them, read in one snapshot and page by page. Who exports what is on record before the
 * first byte; after the last the hashes are, by which a file can be proved.
 */
export class ExceptionExports {
  /** What the routes serve of them. */
  readonly kind: ExportKind = {
    files: EXCEPTION_FILES,
    permission: 'exception.read',
    start: (operation, file, query) =>
      this.start(operation, readExportRequest(EXCEPTION_FILES[file as keyof typeof EXCEPTION_FILES], query)),
  };

  constructor(private readonly parts: Parts) {}

  /** Prepares an export; the caller closes the operation when the body has ended. */
  async start(operation: ClosableOperation, request: ExceptionExportRequest): Promise<StartedExport> {
    const { viewer } = operation;
    const tx = await operation.read();
    const asOf = operation.now();
    const { view, filter, orderBy } = await askedFor(tx, request, viewer.personId);
    const read = readStoredFilter(filterReader(this.parts.schema(), operation), filter);
    const [selection = read] = await presentSelections(tx, [read]);
    const most = this.parts.most ?? MOST_EXCEPTIONS;
    const { rows, totals, reporting } = await measureSelection(tx, selection, most);
    if (rows === null) {
      throw new ExportTooLarge(`More than ${most.toLocaleString('en')} exceptions match. Narrow the filter.`);
    }
    const own = filterOf(filter, viewer.personId);
    const stated: Omit<StatedExport, 'rowsHash'> = {
      exportId: randomUUID(),
      view,
      filter: filterWords(own, await namesOfIds(tx, idsOf(own))),
      orderedBy: ORDER_WORDS[orderBy],
      asOf,
      exportedBy: viewer.displayName,
      rows,
      totals,
      reporting,
    };
    const mayUnmask = viewer.permissions.has('payload.unmask');
    const proof = { rowsHash: '' };
    const text = {
      pages: exportPages(tx, selection, orderBy),
      shown: (words: string) => (mayUnmask ? words : maskText(words).value),
      written: { rows: 0 },
      stated: (rowsHash: string) => {
        proof.rowsHash = rowsHash;
        return statementLines({ ...stated, rowsHash });
      },
    };
    const record = this.recorder(operation, request, stated, own);
    await record('export-started', {});
    const body = request.format === 'csv' ? csvText(text, request.isMarked) : workbook(text);
    return {
      exportId: stated.exportId,
      counted: { exceptions: rows },
      body: recorded(body, async (fileHash) =>
        fileHash === null
          ? record('export-broken-off', { written: text.written.rows })
          : record('exported', { rowsSha256: proof.rowsHash, fileSha256: fileHash }, { ...proof, fileHash }),
      ),
    };
  }

  private recorder(
    operation: ClosableOperation,
    { format }: ExceptionExportRequest,
    { exportId, view, asOf, rows, totals, reporting, filter: words }: Omit<StatedExport, 'rowsHash'>,
    filter: StoredFilter,
  ) {
    const { viewer, traceId } = operation;
    const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
    return async (act: string, details: object, hashes?: { rowsHash: string; fileHash: string }): Promise<void> => {
      // beside the reading transaction, which goes on: exports at once are few, so the pool has room
      await this.parts.database().withTenant(viewer.tenantId, async (tx) => {
        await recordAudit(tx, {
          at: operation.now(),
          actor,
          action: `exceptions.${act}`,
          subject: { type: 'export', id: exportId },
          details: { format, view, filter, filterInWords: words, asOf, rows, totals, reporting, ...details },
          traceId,
        });
        if (hashes !== undefined) await insertExportProof(tx, exportId, hashes);
      });
    };
  }
}

async function askedFor(tx: Tx, { of }: ExceptionExportRequest, personId: string): Promise<Asked> {
  if ('filter' in of) return { view: null, filter: of.filter as StoredFilter, orderBy: of.orderBy };
  const shipped = SHIPPED_VIEWS.find(({ id }) => id === of.viewId);
  if (shipped !== undefined) return { view: shipped.name, filter: shipped.filter, orderBy: shipped.orderBy };
  const [found] = await findViews(tx, [of.viewId]);
  if (!found || !maySee(found, personId)) throw new CodedError('NOT_FOUND', 'There is no such view, or not any more');
  return { view: found.name, filter: found.filter, orderBy: found.orderBy };
}

/** The same pieces; in the end the hash of all of them is told, or that they did not all go out. */
async function* recorded(
  body: AsyncGenerator<string | Buffer>,
  end: (fileHash: string | null) => Promise<void>,
): AsyncGenerator<string | Buffer> {
  const hash = createHash('sha256');
  let isWhole = false;
  try {
    for await (const piece of body) {
      hash.update(piece);
      yield piece;
    }
    isWhole = true;
  } finally {
    await end(isWhole ? hash.digest('hex') : null);
  }
}
