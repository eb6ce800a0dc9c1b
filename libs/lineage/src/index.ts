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
export {
  type AttributeChange,
  type AttributeStatement,
  type AttributeValue,
  attributeHistory,
  attributesAsOf,
} from './attribute-history.js';
export { type CalendarOf, type EntityCalendar, calendarsOf } from './calendar-of.js';
export { type Closure, DEEPEST_CLOSURE, type LinkedHub, MOST_MEMBERS, closeDownstream } from './closure.js';
export {
  type Contradiction,
  type SettledIdentities,
  type StatementOrigin,
  contradictedObjects,
  hasTwoValues,
  settleIdentities,
} from './contradictions.js';
export {
  FINDING_KINDS,
  type FindingKind,
  type LineageFinding,
  type SelfLink,
  contradictionFindings,
  crowdedFinding,
  cycleFindings,
  selfLinkFindings,
  truncatedFinding,
} from './findings.js';
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
export { findLinkCycles } from './link-cycles.js';
export { type LinkState, type ResolvedLink, isContextLink, mergeLinks, selfLinksOf } from './links.js';
export { loadMasterDataRules } from './load-master-data-rules.js';
export { loadWorkflows, parseWorkflow } from './load-workflow.js';
export {
  type MasterDataRules,
  type SystemKindOf,
  type SystemOfRecord,
  isSingleValued,
  trustOf,
} from './master-data-rules.js';
export { type LineageMilestone, type Scope, closeInWorkflow, earliestReaching, scopeOfClosure } from './milestones.js';
export { type NameGroup, type NameGroups, groupNames } from './name-groups.js';
export { hasNotes, isImplausible, noteImplausibleTime, notedFindings } from './noted-facts.js';
export { type ObjectState, type ObjectStatement, describeObject, displayKey } from './object-facts.js';
export { concernsOwnership, masterDataFindings } from './ownership.js';
export { type ProblemState, detectProblems, failuresOf, proofsOf } from './problems.js';
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
  type DisplayKeys,
  type MilestoneDueRule,
  type MilestoneRule,
  type Workflow,
  displayKeysOf,
  followsLink,
} from './workflow.js';
export { WorkflowError } from './workflow-reader.js';
