import { describeTaxonomy, fromMinorUnits } from '@throughline/canonical';
import type { ExportColumn, ExportTable } from '@throughline/lineage';
import { REPORTING_CURRENCY } from '../domain/priority.js';
import type { StoredException } from '../domain/stored-exception.js';

/** An exception with what is looked up beside it. */
export type ExportedException = StoredException & { ownerName: string | null; region: string | null };

type Column = ExportColumn<ExportedException>;

const text = (name: string, value: (row: ExportedException) => string | null): Column => ({
  name,
  kind: 'text',
  value,
});
const decimal = (name: string, value: (row: ExportedException) => string | null): Column => ({
  name,
  kind: 'decimal',
  value,
});
const instant = (name: string, value: (row: ExportedException) => Date | null): Column => ({
  name: `${name} (UTC)`,
  kind: 'instant',
  value: (row) => value(row)?.toISOString() ?? null,
});

/** One row an exception. Columns are only added, at the end: programs and auditors read by them. */
export const EXCEPTION_TABLE: ExportTable<ExportedException> = {
  name: 'exceptions',
  title: 'Exceptions',
  columns: [
    text('Exception id', (row) => row.exceptionId),
    text('State', (row) => row.state),
    text('Resolution', (row) => row.resolution),
    text('Priority', (row) => row.statedBand ?? row.priorityBand),
    text('Queue', (row) => row.queue),
    text('Owner', (row) => row.ownerName),
    text('Title', (row) => row.title),
    text('Category', (row) => describeTaxonomy(row.taxonomy).category),
    text('Problem', (row) => describeTaxonomy(row.taxonomy).title),
    text('Problem code', (row) => row.taxonomy),
    text('Object type', (row) => row.objectType),
    text('Object', (row) => row.objectKey),
    text('Counterparty', (row) => row.counterparty),
    text('Legal entity', (row) => row.legalEntity),
    decimal('Amount', (row) => row.amount),
    text('Currency', (row) => row.currency),
    text('Direction', (row) => row.direction),
    decimal(`Amount ${REPORTING_CURRENCY}`, (row) =>
      row.reportingMinor === null ? null : fromMinorUnits(BigInt(row.reportingMinor), REPORTING_CURRENCY).amount,
    ),
    instant('Opened', (row) => row.openedAt),
    instant('Last occurred', (row) => row.lastOccurredAt),
    instant('Resolved', (row) => row.resolvedAt),
    instant('Next due', (row) => row.nextDueAt),
    text('Due step', (row) => row.nextDueStep),
    instant('Missed due', (row) => row.missedDueAt),
    { name: 'Occurrences', kind: 'whole', value: (row) => String(row.occurrences) },
    { name: 'Blocks', kind: 'whole', value: (row) => String(row.blocks) },
    text('Step', (row) => row.hop),
    text('Integration', (row) => row.integration),
    text('Message', (row) => row.message),
    text('Group id', (row) => row.groupId),
    text('Region', (row) => row.region),
  ],
};
