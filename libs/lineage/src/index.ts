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
export { type LineageMilestone, type Scope, closeInWorkflow, earliestReaching, scopeOfClosure } from './milestones.js';
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
