import { toMoney } from '../../graphql/money.type.js';
import type { Viewer } from '../identity/index.js';
import type { AcceptanceRow } from './acceptance.repository.js';
import { acceptanceReason } from './domain/declared-reasons.js';
import type { ExceptionAcceptanceType } from './graphql/exception-life.types.js';

/** A request to close without correction as the API shows it to this viewer; its exception is read on demand. */
export function toAcceptance(row: AcceptanceRow, viewer: Viewer): ExceptionAcceptanceType {
  const { acceptanceId, reasonCode, amount, currency, limitAmount, limitCurrency, convertedAmount, ...rest } = row;
  const isPending = row.state === 'pending';
  const isMaker = row.makerId === viewer.personId;
  return {
    ...rest,
    id: acceptanceId,
    reason: acceptanceReason(reasonCode) ?? { code: reasonCode, title: reasonCode },
    moneyAtRisk: toMoney(amount, currency),
    convertedMoney: toMoney(convertedAmount, convertedAmount === null ? null : limitCurrency),
    limit: { amount: limitAmount, currency: limitCurrency },
    canDecide: isPending && !isMaker && viewer.permissions.has('exception.approve'),
    canWithdraw: isPending && isMaker && viewer.permissions.has('exception.work'),
    exception: null,
  };
}
