import { formatAmount } from '@throughline/canonical';
import { toMoney } from '../../graphql/money.type.js';
import type { Viewer } from '../identity/index.js';
import type {
  ChangeCounts,
  ChangeReport,
  ChangesAfterwards,
  ExceptionChanges,
  MoneyChange,
} from './domain/change-report.js';
import type { ChangeReportType, ChangesAfterwardsType, MoneyChangeType } from './graphql/change-report.types.js';

/** A report as the API shows it: an administrator keeps the program and reads no business data, so counts and no rows. */
export function toChangeReport(report: ChangeReport, { permissions }: Viewer): ChangeReportType {
  const mayRead = permissions.has('transaction.read');
  const { activities, foreseen, isPartial } = report;
  const changed = activities === null ? 0 : activities.added + activities.changed + activities.removed;
  return {
    signals: report.signals,
    activities,
    foreseen,
    isSample: isPartial || (foreseen !== null && foreseen < changed),
    differences: report.tables.map((one) => ({ ...one, samples: mayRead ? one.samples : null })),
    money: mayRead ? report.money.map(toMoneyChange) : null,
    closedPeriods: report.closedPeriods ?? [],
    exceptions: toExceptions(report.exceptions, mayRead),
  };
}

/** What happened, as far as it was looked at: of mapping again under way the activities alone. */
export function toAfterwards(
  happened: ChangesAfterwards | ChangeReport | { activities: ChangeCounts } | null,
  comparedAt: Date | null,
  { permissions }: Viewer,
): ChangesAfterwardsType | null {
  if (happened === null) return null;
  const { activities } = happened;
  const nothing = { money: null, exceptions: null, asForeseen: null, otherwise: null, differences: [] };
  if (!('money' in happened)) return { activities, comparedAt: null, ...nothing };
  const mayRead = permissions.has('transaction.read');
  return {
    activities,
    comparedAt,
    differences: happened.tables.map(({ table, added, changed, removed }) => ({ table, added, changed, removed })),
    money: mayRead ? happened.money.map(toMoneyChange) : null,
    exceptions: toExceptions(happened.exceptions, mayRead),
    asForeseen: 'asForeseen' in happened ? happened.asForeseen : null,
    otherwise: 'otherwise' in happened ? happened.otherwise : null,
  };
}

function toExceptions({ first, ...counts }: ExceptionChanges, mayRead: boolean) {
  return { ...counts, first: mayRead ? first : null };
}

function toMoneyChange(change: MoneyChange): MoneyChangeType {
  const { objectType, legalEntity, documents, currency } = change;
  const known = (amount: string) => ({ amount: formatAmount(amount, currency), currency });
  return {
    objectType,
    legalEntity,
    documents,
    before: known(change.before),
    after: known(change.after),
    openBefore: toMoney(change.openBefore, currency),
    openAfter: toMoney(change.openAfter, currency),
    moved: known(change.moved),
  };
}
