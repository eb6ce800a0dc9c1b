export {
  PERIOD_ATTRIBUTES,
  type PeriodStanding,
  type PeriodState,
  periodKey,
  periodStandings,
} from './accounting-period.js';
export { advanceLink, advanceObject } from './advance.js';
export {
  type AliasStatement,
  type LinkStatement,
  aliasStatements,
  linkStatements,
  subjectPositions,
} from './alias-statements.js';
export { type CalendarOf, type EntityCalendar, calendarOfRule, calendarsOf } from './calendar-of.js';
export { type Closure, DEEPEST_CLOSURE, type LinkedHub, MOST_MEMBERS, closeDownstream } from './closure.js';
export { describeCardinality, describeMilestoneDue, describeReporters } from './describe-rule.js';
export {
  DELAY_DIMENSIONS,
  type DelayBreakdown,
  type DelayContext,
  type DelayDimension,
  type DelayOccurrence,
  type DelayPart,
  attributeDelays,
  occurrencesOf,
  systemOf,
} from './critical-path/attribute-delays.js';
export { DELAY_KINDS, type DelayKind, delayKind } from './critical-path/delay-kinds.js';
export type { Journey, JourneyEvent, JourneyMilestone, JourneyObject } from './critical-path/journey.js';
export { type TimedSpan } from './critical-path/span-tree.js';
export { type PathSegment, type TraceCriticalPath, traceCriticalPath } from './critical-path/trace-critical-path.js';
export {
  type JourneySegment,
  type TransactionCriticalPath,
  transactionCriticalPath,
} from './critical-path/transaction-critical-path.js';
export { WAITING_REASONS, type WaitingReason } from './critical-path/waiting-reason.js';
export { BYTE_ORDER_MARK, csvHead, csvLine } from './exports/csv-text.js';
export type { ColumnKind, ExportColumn, ExportTable } from './exports/export-table.js';
export type { HistoryStatement } from './exports/object-history.js';
export {
  type OcelActivity,
  OcelLog,
  type OcelRelation,
  type OcelSubject,
  type TextFilter,
} from './exports/ocel-log.js';
export {
  type ExportedRunEvent,
  type PlaceInRun,
  type RunActivity,
  isSameRun,
  runEventsOf,
  runIdOf,
} from './exports/run-events.js';
export {
  type ExportedLink,
  type ExportedMilestone,
  type ExportedObject,
  type ExportedTransaction,
  type InTransaction,
  LINK_TABLE,
  MILESTONE_TABLE,
  OBJECT_TABLE,
  TRANSACTION_TABLE,
} from './exports/transaction-tables.js';
export { type WorkbookPart, sheetPath, workbookParts } from './exports/workbook-parts.js';
export { MOST_SHEET_ROWS, sheetEnd, sheetHead, sheetRow } from './exports/worksheet-text.js';
export {
  type AttributeChange,
  type AttributeStatement,
  type KnownUntil,
  type AttributeValue,
  attributeHistory,
  attributesAsOf,
} from './attribute-history.js';
export {
  type Contradiction,
  type SettledIdentities,
  type StatementOrigin,
  contradictedObjects,
  hasTwoValues,
  settleIdentities,
} from './contradictions.js';
export {
  FINDING_HOPS,
  FINDING_KINDS,
  type FindingKind,
  type LineageFinding,
  type SelfLink,
  contradictionFindings,
  crowdedFinding,
  cycleFindings,
  outOfSequenceFinding,
  overfullFinding,
  selfLinkFindings,
  truncatedFinding,
} from './findings.js';
export {
  DUTY_HOLDING_QUALIFIERS,
  DUTY_PASSING_QUALIFIERS,
  DUTY_QUALIFIERS,
  type DutyLink,
  dutyEndOf,
  dutyFindings,
} from './duties.js';
export { isTechnicalUser } from './technical-users.js';
export { type Happened, MOST_HAPPENED } from './happened.js';
export { type HubLookup, decidingActivityTypes, hubDependents, hubLookups } from './hub-lookups.js';
export { SYSTEM_KINDS } from './system-kinds.js';
export { systemLookups } from './system-lookups.js';
export { type Identities, MOST_ALIASES_PER_OBJECT, type ObjectIdentity, identifyObjects } from './identity.js';
export {
  type LineageActivity,
  type LineageEdge,
  type LineageGraph,
  type LineageNode,
  type LineageProblem,
  buildLineageGraph,
  isHub,
} from './lineage-graph.js';
export { type ToldClearing, isUnprovable, keepClearings } from './kept-clearings.js';
export { findLinkCycles } from './link-cycles.js';
export { type LinkState, type ResolvedLink, isContextLink, mergeLinks, selfLinksOf } from './links.js';
export { loadMasterDataRules } from './load-master-data-rules.js';
export { parseWorkflow } from './load-workflow.js';
export {
  type FlowRule,
  type StatementAct,
  type StatementEvent,
  canBeJoined,
  countingEvents,
  flowBetween,
  statementId,
  withoutEffect,
} from './manual-statements.js';
export { type LineageMilestone, earliestReaching, isSkipped } from './milestones.js';
export { type MissingClaim, missingClaims } from './missing-claims.js';
export {
  type Affected,
  impactOf,
  type ImpactLink,
  type ImpactNode,
  openAmountOf,
  sumByCurrency,
} from './money/impact.js';
export { describeBalances } from './money/describe-balances.js';
export { effectiveFlows } from './money/effective-flows.js';
export { type MoneyBalance, type SideBalance, type Standing, balanceMoney } from './money/money-balances.js';
export { directionOf } from './money/money-direction.js';
export {
  type Explanation,
  type MoneyFlow,
  type MoneyLink,
  type MoneyNode,
  type MoneyNodes,
  countsSince,
  flowsOf,
} from './money/money-flows.js';
export { grouped } from './money/grouped.js';
export { HOLDING_QUALIFIERS, type HoldingLink, type MoneyPlace, moneyPlaceOf } from './money/money-place.js';
export { type Tolerance, type ToleranceOf, tolerancesOf } from './money/money-tolerance.js';
export { type MoneyProgress, type Residual, type ResidualKind, residualsOf } from './money/residuals.js';
export { type Reopening, reopeningsOf } from './money/reopened.js';
export {
  type BatchLink,
  type BatchRefusal,
  BATCH,
  refusalsInGraph,
  refusedWithBatch,
  withoutCarriedOut,
} from './money/batch-refusals.js';
export {
  type StandingAct,
  refusalAt,
  refusalsOf,
  tellingOfStanding,
  undoingOfStanding,
  undoneAtOf,
  undoneWithBatchAt,
} from './money/undone-objects.js';
export {
  IS_SETTLED_ATTRIBUTE,
  LEADING_QUALIFIERS,
  MONEY_QUALIFIERS,
  TAKING_QUALIFIERS,
  moneyRoleOf,
} from './money/money-vocabulary.js';
export {
  type Confidence,
  type ExpectedReceipt,
  type OpenInvoice,
  type PaymentHabit,
  type ReceivableFlag,
  type ReceivableLine,
  SETTLES_INVOICE,
  TAKES_INVOICE_BACK,
  daysFrom,
  expectReceipt,
  owedOf,
  paymentHabit,
  receivableLines,
} from './money/receivables.js';
export { type AttachedTo, type WaitingDocument, waitingDocuments } from './money/waiting-documents.js';
export {
  type MasterDataRules,
  type SystemKindOf,
  type SystemOfRecord,
  isSingleValued,
  trustOf,
} from './master-data-rules.js';
export { type NameGroup, type NameGroups, groupNames } from './name-groups.js';
export { hasNotes, isImplausible, noteImplausibleTime, notedFindings } from './noted-facts.js';
export { type ObjectState, type ObjectStatement, describeObject, displayKey } from './object-facts.js';
export { concernsOwnership, masterDataFindings } from './ownership.js';
export { type ProblemState, detectProblems, failuresOf, proofsOf } from './problems.js';
export { type Scope, closeInWorkflow, scopeOfClosure } from './transaction-view.js';
export { type AliasState, type Projection, inFixedOrder, projectAll, toLineageActivity } from './projection.js';
export {
  type LineageTransaction,
  type Progress,
  type ProjectedTransaction,
  type TransactionObjectState,
  projectTransaction,
  transactionId,
} from './transactions.js';
export {
  type Cardinality,
  type Conditions,
  type DisplayKeys,
  type MilestoneDueRule,
  type MilestoneRule,
  type Workflow,
  displayKeysOf,
  followsLink,
  heldBackBy,
  statedAttributes,
} from './workflow.js';
export {
  type WorkflowFolder,
  type WrongWorkflow,
  loadWorkflows,
  readWorkflowFolder,
  rebuildRefusal,
} from './workflow-folder.js';
export { type PlacedProblem } from './workflow-lines.js';
export { WorkflowError } from './workflow-reader.js';
export { workflowVersion } from './workflow-version.js';
export { evaluateRule, missingFacts, type RuleVerdict } from './validation/evaluate-rule.js';
export { loadValidationRules, type ShippedRule } from './validation/load-validation-rules.js';
export { parseValidationRule } from './validation/read-validation-rule.js';
export { type RuleObject, type RuleSubject, UNDOING_PARTICIPLES, undoingActivities } from './validation/rule-facts.js';
export { neighboursIn, type RuleEdge, type RuleSurroundings, type SubjectOf } from './validation/rule-neighbours.js';
export { isEarlier, sameFactsKeys, type SameFactsKey } from './validation/same-facts.js';
export {
  comparisonsOf,
  type FactReference,
  isComparison,
  type RuleComparison,
  type RuleCondition,
  type RuleLink,
  type RuleSeverity,
  type RuleStep,
  type ValidationRule,
} from './validation/validation-rule.js';
