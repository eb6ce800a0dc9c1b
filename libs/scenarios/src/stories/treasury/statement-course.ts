import type { TransactionSummary } from '../../lineage-summary.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import {
  type ReadStatement,
  balanceChecked,
  expectedKey,
  exposureRequested,
  exposureUpdated,
  forecastKey,
  forecastUpdated,
  matching,
  positionKey,
  positionRefreshed,
  statementExpected,
} from './statement-signals.js';
import { MINUTE } from '../../time-units.js';

/** When each step of a statement is done. */
export type StatementCourse = Record<
  'expected' | 'received' | 'checked' | 'positioned' | 'requested' | 'exposed' | 'forecast' | 'matching' | 'matched',
  string
>;

/** An ordinary course round the receipt of the file: expected ten hours before, all matched six hours after. */
export function courseOf(receivedAt: string): StatementCourse {
  const at = (minutes: number) => new Date(Date.parse(receivedAt) + minutes * MINUTE).toISOString();
  return {
    expected: at(-600),
    received: receivedAt,
    checked: at(2),
    positioned: at(10),
    requested: at(11),
    exposed: at(20),
    forecast: at(25),
    matching: at(30),
    matched: at(360),
  };
}

/** All that is sent in the course of a statement, with the file in its place. */
export function statementCourse(statement: ReadStatement, at: StatementCourse, file: ScenarioSignal): ScenarioSignal[] {
  return [statementExpected(statement, at.expected), file, ...afterTheFile(statement, at)];
}

/** What Kyriba and SAP make of a statement that is there. */
export function afterTheFile(statement: ReadStatement, at: StatementCourse): ScenarioSignal[] {
  return [
    balanceChecked(statement, at.checked),
    positionRefreshed(statement, at.positioned),
    exposureRequested(statement, at.requested),
    exposureUpdated(statement, at.exposed),
    forecastUpdated(statement, at.forecast),
    matching('matching-started', statement, at.matching),
    matching('matched', statement, at.matched),
  ];
}

/** When the steps of a statement are due: received, then position with exposure and forecast, then entries matched. */
export type StatementDue = { received: string; positioned: string; matched: string };

/** The transaction of a statement that went all the way. */
export function completedStatement(
  statement: ReadStatement,
  at: StatementCourse,
  due: StatementDue,
): TransactionSummary {
  return {
    progress: 'completed',
    members: [`bank-statement ${expectedKey(statement)}`],
    hubs: [`cash-forecast ${forecastKey(statement)}`, `cash-position ${positionKey(statement)}`],
    milestones: {
      'statement-expected': at.expected,
      'statement-received': [at.received, due.received],
      'balance-checked': at.checked,
      'cash-position-refreshed': [at.positioned, due.positioned],
      'fx-exposure-updated': [at.exposed, due.positioned],
      'cash-forecast-updated': [at.forecast, due.positioned],
      'entries-matched': [at.matched, due.matched],
    },
  };
}
