import type { Money } from '@throughline/canonical';
import type { ChangeReport } from '../../../lineage/index.js';
import type { ApprovalSubject, SubjectPart } from '../../approval/domain/four-eyes.js';

/** Cents of the reporting currency; null = nobody can tell. */
export type InReportingMinor = (money: Money) => bigint | null;

/**
 * What rules look at of a change of lineage: its documents by entity and kind, and by how much their money differs. What is told of a
 * sample alone is money that nobody can put a figure on.
 */
export function subjectOfChange(
  kind: 'remap' | 'rebuild',
  report: ChangeReport,
  { toMinor, hasClosedPeriods }: { toMinor: InReportingMinor; hasClosedPeriods: boolean },
): ApprovalSubject {
  const parts = new Map<string, SubjectPart>();
  const partOf = (legalEntity: string | null, objectType: string): SubjectPart =>
    parts.get(`${legalEntity ?? ''} ${objectType}`) ?? {
      objectId: null,
      legalEntity,
      // an activity tells of documents of several, and a rebuild of none
      integration: null,
      objectType,
      count: 0,
      reportingMinor: 0n,
      isMoneyUnknown: false,
    };
  const put = (part: SubjectPart) => parts.set(`${part.legalEntity ?? ''} ${part.objectType}`, part);
  for (const { legalEntity, objectType, count } of report.documents) {
    const part = partOf(legalEntity, objectType);
    put({ ...part, count: part.count + count });
  }
  for (const { legalEntity, objectType, documents, moved, currency } of report.money) {
    const part = partOf(legalEntity, objectType);
    const minor = toMinor({ amount: moved, currency });
    put({
      ...part,
      count: Math.max(part.count, documents),
      reportingMinor: part.reportingMinor + (minor ?? 0n),
      isMoneyUnknown: part.isMoneyUnknown || minor === null,
    });
  }
  const activities = countOf(report.activities);
  const rows = report.tables.reduce((sum, table) => sum + countOf(table), 0);
  const isSample = report.isPartial || (report.foreseen !== null && report.foreseen < activities);
  // what changes no document is something to decide on all the same
  if (isSample || (parts.size === 0 && activities + rows > 0)) {
    const part = partOf(null, '');
    put({ ...part, count: part.count + 1, isMoneyUnknown: isSample, isAny: isSample });
  }
  return { action: kind, parts: [...parts.values()], activities, hasClosedPeriods };
}

function countOf(counts: { added: number; changed: number; removed: number } | null): number {
  return counts === null ? 0 : counts.added + counts.changed + counts.removed;
}
