import type { MigrationInterface } from 'typeorm';
import { AttachedAndSent } from './schema/attached-and-sent.js';
import { AuditQueue } from './schema/audit-queue.js';
import { BulkActs, bulkActTenantTables } from './schema/bulk-acts.js';
import { ClockEvents } from './schema/clock-events.js';
import { Compensations, compensationTenantTables } from './schema/compensations.js';
import { Corrections, correctionTenantTables } from './schema/corrections.js';
import { CheaperWrites } from './schema/cheaper-writes.js';
import { FindByKey } from './schema/find-by-key.js';
import { ExceptionGroups } from './schema/exception-groups.js';
import { ExceptionLife, exceptionLifeTenantTables } from './schema/exception-life.js';
import { ExchangeRates, exchangeRateTenantTables } from './schema/exchange-rates.js';
import { Findings, findingTenantTables } from './schema/findings.js';
import { ExceptionWords } from './schema/exception-words.js';
import { FacetCounts, facetCountTenantTables } from './schema/facet-counts.js';
import { FreshFacts, freshFactsTenantTables } from './schema/fresh-facts.js';
import { Ingest } from './schema/ingest.js';
import { ingestTenantTables } from './schema/ingest/new-tables.js';
import { InboxFilters } from './schema/inbox-filters.js';
import { EstablishedLinks } from './schema/established-links.js';
import { CsvLayouts, csvLayoutTenantTables } from './schema/csv-layouts.js';
import { EscalationMessages } from './schema/escalation-messages.js';
import { GroupsInInbox } from './schema/groups-in-inbox.js';
import { IdsReadBefore } from './schema/ids-read-before.js';
import { AcceptanceSums } from './schema/acceptance-sums.js';
import { HeldItems } from './schema/held-items.js';
import { NoteWords } from './schema/note-words.js';
import { InboxMarks } from './schema/inbox-marks.js';
import { Initial } from './schema/initial.js';
import { tenantTables as initialTenantTables, type Rights } from './schema/initial/isolation.js';
import { LineageApprovalLimits } from './schema/lineage-approval-limits.js';
import { LineageChanges, lineageChangeTenantTables } from './schema/lineage-changes.js';
import { MoneyPlaces } from './schema/money-places.js';
import { MoneyOrder } from './schema/money-order.js';
import { KeptAndHeld } from './schema/kept-and-held.js';
import { FlowsOfEvents, RecordsAndCauses } from './schema/records-and-causes.js';
import { RequeueOrder, requeueOrderTenantTables } from './schema/requeue-order.js';
import { MuchNamed } from './schema/much-named.js';
import { OpenCounterparties } from './schema/open-counterparties.js';
import { CommonWords } from './schema/common-words.js';
import { DueLooks } from './schema/due-looks.js';
import { OpenTexts } from './schema/open-texts.js';
import { DuplicatesAccepted } from './schema/duplicates-accepted.js';
import { RequestLife } from './schema/request-life.js';
import { RequeueApproval, requeueApprovalTenantTables } from './schema/requeue-approval.js';
import { RequeuePlans, requeuePlanTenantTables } from './schema/requeue-plans.js';
import { RequeueProbes, requeueProbeTenantTables } from './schema/requeue-probes.js';
import { RequeueRuns, requeueRunTenantTables } from './schema/requeue-runs.js';
import { RequeueProcessed } from './schema/requeue-processed.js';
import { DecisionTries } from './schema/decision-tries.js';
import { RequeueDecisions, requeueDecisionTenantTables } from './schema/requeue-decisions.js';
import { FirstSent } from './schema/first-sent.js';
import { SentContentType } from './schema/sent-content-type.js';
import { ReviewDue } from './schema/review-due.js';
import { RequeueSettlements, requeueSettlementTenantTables } from './schema/requeue-settlements.js';
import { RequeueTargetLoad } from './schema/requeue-target-load.js';
import { RequeueTargets } from './schema/requeue-targets.js';
import { SendingHours } from './schema/sending-hours.js';
import { Runbooks, runbookTenantTables } from './schema/runbooks.js';
import { SavedViews, savedViewTenantTables } from './schema/saved-views.js';
import { SpanArrivals, spanArrivalTenantTables } from './schema/span-arrivals.js';
import { SignedInPeople } from './schema/signed-in-people.js';
import { SignalCopies } from './schema/signal-copies.js';
import { SlimFacts } from './schema/slim-facts.js';
import { SpanChunks, spanChunkTenantTables } from './schema/span-chunks.js';
import { SpanLinks, spanLinkTenantTables } from './schema/span-links.js';
import { StatedProblems, statedProblemTenantTables } from './schema/stated-problems.js';
import { StatementsAndRebuilds, statementAndRebuildTenantTables } from './schema/statements-and-rebuilds.js';
import { QueueOwnHours } from './schema/queue-own-hours.js';
import { QueueTargets, queueTargetTenantTables } from './schema/queue-targets.js';
import { QueuesAndPriority, queueTenantTables } from './schema/queues-and-priority.js';
import { WorkingTogether, workingTogetherTenantTables } from './schema/working-together.js';
import { AcceptanceDecisions } from './schema/acceptance-decisions.js';
import { AcceptanceLimits, acceptanceLimitTenantTables } from './schema/acceptance-limits.js';
import { TicketNumbers } from './schema/ticket-numbers.js';
import { RuleAssignees } from './schema/rule-assignees.js';
import { RulesAndMaintenance, ruleTenantTables } from './schema/rules-and-maintenance.js';

type Migration = new () => MigrationInterface & { readonly name: string };

/** Changes of shape, in order. */
const schemaMigrations: readonly Migration[] = [
  Initial,
  Ingest,
  SpanChunks,
  SpanArrivals,
  SpanLinks,
  SignalCopies,
  FreshFacts,
  Findings,
  ExchangeRates,
  FindByKey,
  SlimFacts,
  CheaperWrites,
  StatementsAndRebuilds,
  SignedInPeople,
  QueuesAndPriority,
  ExceptionLife,
  ExceptionGroups,
  Runbooks,
  RequeueOrder,
  BulkActs,
  InboxFilters,
  SavedViews,
  WorkingTogether,
  StatedProblems,
  RulesAndMaintenance,
  RequestLife,
  OpenCounterparties,
  RuleAssignees,
  AcceptanceLimits,
  TicketNumbers,
  InboxMarks,
  EscalationMessages,
  KeptAndHeld,
  Corrections,
  RequeueApproval,
  RequeueRuns,
  RequeueProbes,
  RequeueTargets,
  SendingHours,
  RequeuePlans,
  Compensations,
  LineageChanges,
  FacetCounts,
  RecordsAndCauses,
  FlowsOfEvents,
  CsvLayouts,
  EstablishedLinks,
  MuchNamed,
  AttachedAndSent,
  MoneyOrder,
  QueueTargets,
  ExceptionWords,
  ClockEvents,
  MoneyPlaces,
  RequeueSettlements,
  RequeueProcessed,
  RequeueTargetLoad,
  GroupsInInbox,
  AuditQueue,
  IdsReadBefore,
  RequeueDecisions,
  ReviewDue,
  SentContentType,
  NoteWords,
  AcceptanceSums,
  HeldItems,
  OpenTexts,
  CommonWords,
  DueLooks,
  DecisionTries,
  DuplicatesAccepted,
  LineageApprovalLimits,
  FirstSent,
  AcceptanceDecisions,
  QueueOwnHours,
];

/** Changes of rows (`content/`), kept apart because they may run long and must be restartable; none so far. */
const contentMigrations: readonly Migration[] = [];

/** All migrations. Each says whether the previous version of the app keeps working while and after it runs. */
export const migrations: readonly Migration[] = [...schemaMigrations, ...contentMigrations];

/** Names of all migrations, as recorded in `schema_migration`. */
export const migrationNames: readonly string[] = migrations.map((migration) => new migration().name);

const { span: _replaced, link_statement: _inActivities, ...keptTenantTables } = initialTenantTables;

/** Every table with a tenant_id and the app role's rights on it; a test compares the list with the catalog. */
export const tenantTables: Readonly<Record<string, Rights>> = {
  ...keptTenantTables,
  ...ingestTenantTables,
  ...spanChunkTenantTables,
  ...spanArrivalTenantTables,
  ...spanLinkTenantTables,
  ...freshFactsTenantTables,
  ...exchangeRateTenantTables,
  ...findingTenantTables,
  ...statementAndRebuildTenantTables,
  ...runbookTenantTables,
  ...queueTenantTables,
  ...exceptionLifeTenantTables,
  ...requeueOrderTenantTables,
  ...bulkActTenantTables,
  ...savedViewTenantTables,
  ...workingTogetherTenantTables,
  ...statedProblemTenantTables,
  ...ruleTenantTables,
  ...acceptanceLimitTenantTables,
  ...correctionTenantTables,
  ...requeueApprovalTenantTables,
  ...requeueRunTenantTables,
  ...requeueProbeTenantTables,
  ...facetCountTenantTables,
  ...lineageChangeTenantTables,
  ...compensationTenantTables,
  ...requeuePlanTenantTables,
  ...requeueSettlementTenantTables,
  ...requeueDecisionTenantTables,
  ...queueTargetTenantTables,
  ...csvLayoutTenantTables,
};
