export { advanceLink, advanceObject } from './advance.js';
export {
  type AliasStatement,
  type LinkStatement,
  aliasStatements,
  linkStatements,
  subjectPositions,
} from './alias-statements.js';
export { type CalendarOf, type EntityCalendar, calendarsOf } from './calendar-of.js';
export { type Closure, DEEPEST_CLOSURE, type LinkedHub, MOST_MEMBERS, closeDownstream } from './closure.js';
export { type Happened, MOST_HAPPENED } from './happened.js';
export { type HubLookup, decidingActivityTypes, hubDependents, hubLookups } from './hub-lookups.js';
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
export { type LinkState, type ResolvedLink, isContextLink, mergeLinks } from './links.js';
export { loadWorkflows, parseWorkflow } from './load-workflow.js';
export { type LineageMilestone, type Scope, closeInWorkflow, earliestReaching, scopeOfClosure } from './milestones.js';
export {
  type Affected,
  impactOf,
  type ImpactLink,
  type ImpactNode,
  openAmountOf,
  sumByCurrency,
} from './money/impact.js';
export { effectiveFlows } from './money/effective-flows.js';
export { type MoneyBalance, type SideBalance, type Standing, balanceMoney } from './money/money-balances.js';
export { directionOf } from './money/money-direction.js';
export {
  type Explanation,
  type MoneyFlow,
  type MoneyLink,
  type MoneyNode,
  type MoneyNodes,
  flowsOf,
} from './money/money-flows.js';
export { type Tolerance, type ToleranceOf, tolerancesOf } from './money/money-tolerance.js';
export { IS_SETTLED_ATTRIBUTE, MONEY_QUALIFIERS, moneyRoleOf } from './money/money-vocabulary.js';
export {
  type Confidence,
  type ExpectedReceipt,
  type OpenInvoice,
  type PaymentHabit,
  type ReceivableFlag,
  type ReceivableLine,
  daysFrom,
  expectReceipt,
  paymentHabit,
  receivableLines,
} from './money/receivables.js';
export { type NameGroup, type NameGroups, groupNames } from './name-groups.js';
export { type ObjectState, type ObjectStatement, describeObject, displayKey } from './object-facts.js';
export { type ProblemState, detectProblems, failuresOf, proofsOf } from './problems.js';
export {
  type AliasState,
  type LineageFinding,
  type Projection,
  inFixedOrder,
  projectAll,
  toLineageActivity,
} from './projection.js';
export {
  type LineageTransaction,
  type Progress,
  type ProjectedTransaction,
  type TransactionObjectState,
  projectTransaction,
  transactionId,
} from './transactions.js';
export {
  type DisplayKeys,
  type MilestoneDueRule,
  type MilestoneRule,
  type Workflow,
  displayKeysOf,
  followsLink,
} from './workflow.js';
export { WorkflowError } from './workflow-reader.js';
