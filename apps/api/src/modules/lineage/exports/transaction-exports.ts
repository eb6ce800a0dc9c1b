import { randomUUID } from 'node:crypto';
import { maskText } from '@throughline/canonical';
import type { Database, Tx } from '@throughline/persistence';
import type { GraphQLSchema } from 'graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { coerceInput } from '../../../graphql/coerce-input.js';
import type { ClosableOperation } from '../../../graphql/operation.js';
import { recordAudit } from '../../audit/index.js';
import { listLegalEntities } from '../../catalog/index.js';
import { readTransactionFilter } from '../graphql/read-transaction-filter.js';
import type { TransactionFilterInput } from '../graphql/transaction-filter.types.js';
import { planTransactions } from '../transaction-list.repository.js';
import type { WorkflowClocks } from '../workflow-clocks.js';
import { csvText, ocelText, openLineageText, workbook, type ExportParts } from './export-text.js';
import { EXPORT_FILES, readExportRequest, type ExportFormat, type ExportRequest } from './export-request.js';
import type { ExportKind } from './export-routes.js';
import { ExportTooLarge, type StartedExport } from './started-export.js';
import { type ExportSource, transactionIds } from './transaction-pages.js';

/** Transactions that a workbook, a log or a list of runs may hold; a CSV has no end. */
export const MOST_TRANSACTIONS = 100_000;

type Parts = { database: () => Database; clocks: () => WorkflowClocks; schema: () => GraphQLSchema; most?: number };

/**
 * Exports of transactions as the viewer may see them. All of one is read in one snapshot and page by page. Who exports what
 * is on record before the first byte, and how many rows went out after the last, also when it broke off.
 */
export class TransactionExports {
  /** What the routes serve of them. */
  readonly kind: ExportKind = {
    files: EXPORT_FILES,
    permission: 'transaction.read',
    start: (operation, file, query) =>
      this.start(operation, readExportRequest(EXPORT_FILES[file as keyof typeof EXPORT_FILES], query)),
  };

  constructor(private readonly parts: Parts) {}

  /** Prepares an export; the caller closes the operation when the body has ended. */
  async start(operation: ClosableOperation, request: ExportRequest): Promise<StartedExport> {
    const clocks = this.parts.clocks();
    const filter = this.filterOf(request.filter);
    const tx = await operation.read();
    const entities = filter?.regions ? await listLegalEntities(tx) : [];
    const selection = readTransactionFilter(filter, { now: operation.now(), entities });
    const clock = await clocks.of(operation);
    const source: ExportSource = { tx, clock, plan: await planTransactions(tx, clock, selection), request };
    const ids = request.format === 'csv' && request.id === null ? null : await this.idsOf(source);
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    const parts: ExportParts = {
      source,
      workflowOf: (name) => clocks.workflow(name),
      shown: (text) => (mayUnmask ? text : maskText(text).value),
      written: {},
    };
    const record = this.recorder(operation, request, ids?.length);
    await record('export-started', {});
    return {
      exportId: record.exportId,
      counted: ids === null ? {} : { transactions: ids.length },
      body: recorded(bodyOf(request, parts, ids ?? []), parts.written, record),
    };
  }

  private filterOf(filter: unknown): TransactionFilterInput | null {
    // the very type of the list, so that whatever narrows the list narrows the export
    return coerceInput(this.parts.schema(), 'TransactionFilter', filter, 'filter') as TransactionFilterInput | null;
  }

  private async idsOf(source: ExportSource): Promise<string[]> {
    const most = this.parts.most ?? MOST_TRANSACTIONS;
    const ids = await transactionIds(source, most);
    if (ids === null) {
      throw new ExportTooLarge(
        `More than ${most.toLocaleString('en')} transactions match. Narrow the filter or the time range, or take CSV, which has no limit.`,
      );
    }
    if (ids.length === 0 && source.request.id !== null)
      throw new CodedError('NOT_FOUND', 'There is no such transaction');
    return ids;
  }

  private recorder(operation: ClosableOperation, request: ExportRequest, transactions: number | undefined): Recorder {
    const { viewer, traceId } = operation;
    const exportId = randomUUID();
    const { format, table, id, filter, orderBy, from, before } = request;
    const asked = { format, ...(format === 'csv' && { table }), id, filter, orderBy, from, before, transactions };
    const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
    const write = async (tx: Tx, act: string, details: object) =>
      recordAudit(tx, {
        at: operation.now(),
        actor,
        action: `transactions.${act}`,
        subject: { type: 'export', id: exportId },
        details: { ...asked, ...details },
        traceId,
      });
    // beside the reading transaction, which goes on: exports at once are few, so the pool has room
    const record = (act: string, details: object) =>
      this.parts.database().withTenant(viewer.tenantId, (tx) => write(tx, act, details));
    return Object.assign(record, { exportId });
  }
}

type Recorder = ((act: string, details: object) => Promise<void>) & { exportId: string };

function bodyOf(request: ExportRequest, parts: ExportParts, ids: readonly string[]): AsyncGenerator<string | Buffer> {
  const make: Record<ExportFormat, () => AsyncGenerator<string | Buffer>> = {
    csv: () => csvText(parts, request.table, request.isMarked),
    xlsx: () => workbook(parts, ids),
    ocel: () => ocelText(parts, ids),
    openlineage: () => openLineageText(parts, ids),
  };
  return make[request.format]();
}

/** The same pieces; whether they all went out, and how many rows they were, is put on record in the end. */
async function* recorded(
  body: AsyncGenerator<string | Buffer>,
  written: Readonly<Record<string, number>>,
  record: Recorder,
): AsyncGenerator<string | Buffer> {
  let isWhole = false;
  try {
    yield* body;
    isWhole = true;
  } finally {
    await record(isWhole ? 'exported' : 'export-broken-off', { rows: written });
  }
}
