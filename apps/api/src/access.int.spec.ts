import { Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLObjectType } from 'graphql';
import { methodsWithoutAccessRule } from './modules/identity/prove-access-rules.js';
import {
  Public,
  RequirePermission,
  ROLES,
  permissionsOf,
  type Permission,
  type Role,
} from './modules/identity/index.js';
import { startApi, type ApiHarness, type Client } from './testing/api-harness.js';

const NOBODY = '00000000-0000-4000-8000-000000000001';
const SEEN_ASKED = `{ count: 1, hash: "${'0'.repeat(64)}", asOf: "2026-01-01T00:00:00Z" }`;

/** Every operation of the API: how to call it, and what it demands. */
const QUERIES: Record<string, [string, Permission | 'public']> = {
  viewer: ['viewer { id }', 'public'],
  demoSignIn: ['demoSignIn { password }', 'public'],
  exceptions: ['exceptions { totalCount }', 'exception.read'],
  runbooks: ['runbooks { totalCount }', 'exception.read'],
  exceptionViews: ['exceptionViews { id }', 'exception.read'],
  runbook: [`runbook(id: "${NOBODY}") { id }`, 'exception.read'],
  exceptionFacets: ['exceptionFacets { total }', 'exception.read'],
  exceptionGroups: ['exceptionGroups { totalCount }', 'exception.read'],
  groupedExceptions: ['groupedExceptions { totalCount }', 'exception.read'],
  exceptionGroup: [`exceptionGroup(id: "${NOBODY}") { id }`, 'exception.read'],
  exception: [`exception(id: "${NOBODY}") { id }`, 'exception.read'],
  transactions: ['transactions { totalCount }', 'transaction.read'],
  workflows: ['workflows { name }', 'transaction.read'],
  wrongWorkflowFiles: ['wrongWorkflowFiles { file }', 'transaction.read'],
  transaction: [`transaction(id: "${NOBODY}") { id }`, 'transaction.read'],
  findings: ['findings { totalCount }', 'transaction.read'],
  findingCounts: ['findingCounts { count }', 'transaction.read'],
  businessObject: [`businessObject(id: "${NOBODY}") { id }`, 'transaction.read'],
  lineage: [`lineage(objectId: "${NOBODY}", direction: UPSTREAM) { isTruncated }`, 'transaction.read'],
  trace: [`trace(traceId: "${'0'.repeat(32)}") { traceId }`, 'transaction.read'],
  lineageTrust: ['lineageTrust { isTruncated }', 'transaction.read'],
  orphans: ['orphans(filter: { integration: "x", kind: OBJECT }) { totalCount }', 'transaction.read'],
  delayedTransactions: ['delayedTransactions(dimension: SYSTEM, key: "") { durationMs }', 'transaction.read'],
  delayAttribution: ['delayAttribution { transactions }', 'transaction.read'],
  lineageNeighbours: [
    `lineageNeighbours(objectId: "${NOBODY}", direction: UPSTREAM) { totalCount }`,
    'transaction.read',
  ],
  impact: [`impact(objectId: "${NOBODY}") { __typename }`, 'transaction.read'],
  receivables: ['receivables { __typename }', 'transaction.read'],
  exchangeRates: ['exchangeRates(type: "ecb-reference") { totalCount }', 'catalog.read'],
  exchangeRateKinds: ['exchangeRateKinds { __typename }', 'catalog.read'],
  moneyTolerances: ['moneyTolerances { __typename }', 'catalog.read'],
  requeueAdapters: ['requeueAdapters { adapter }', 'catalog.read'],
  search: ['search(text: "xx") { totalCount }', 'transaction.read'],
  validationRules: ['validationRules { name }', 'catalog.read'],
  acceptanceLimits: ['acceptanceLimits { legalEntity }', 'catalog.read'],
  validationRule: ['validationRule(name: "x") { name }', 'catalog.read'],
  tryValidationRule: ['tryValidationRule(definition: "") { __typename }', 'exception.work'],
  maintenanceWindows: ['maintenanceWindows { id }', 'catalog.read'],
  slaReport: ['slaReport { onTime }', 'sla.read'],
  slaRules: ['slaRules { title }', 'sla.read'],
  integrations: ['integrations { totalCount }', 'catalog.read'],
  businessCalendars: ['businessCalendars { name }', 'catalog.read'],
  legalEntities: ['legalEntities { code }', 'catalog.read'],
  alertPolicies: ['alertPolicies { totalCount }', 'alert.read'],
  notifications: ['notifications { totalCount }', 'alert.read'],
  verifyExport: [`verifyExport(hash: "${'0'.repeat(64)}") { exportId }`, 'audit.read'],
  auditLog: ['auditLog { totalCount }', 'audit.read'],
  signals: ['signals { totalCount }', 'signal.read'],
  signal: [`signal(id: "${NOBODY}") { id }`, 'signal.read'],
  refusedInputs: ['refusedInputs { totalCount }', 'signal.read'],
  ingestSummary: ['ingestSummary { pending }', 'signal.read'],
  files: ['files { totalCount }', 'signal.read'],
  file: [`file(id: "${NOBODY}") { id }`, 'signal.read'],
  runs: ['runs { totalCount }', 'signal.read'],
  remappings: ['remappings { totalCount }', 'signal.read'],
  remappingChanges: [`remappingChanges(remappingId: "${NOBODY}") { totalCount }`, 'transaction.read'],
  lineageApprovals: ['lineageApprovals { totalCount }', 'transaction.read'],
  lineageApproval: [`lineageApproval(id: "${NOBODY}") { id }`, 'transaction.read'],
  lineageApprovalCounts: ['lineageApprovalCounts { waiting }', 'transaction.read'],
  rebuilds: ['rebuilds { totalCount }', 'lineage.rebuild'],
  rebuild: [`rebuild(id: "${NOBODY}") { id }`, 'lineage.rebuild'],
  ingestKeys: ['ingestKeys { totalCount }', 'catalog.read'],
  sourceSystems: ['sourceSystems { totalCount }', 'catalog.read'],
  unclaimedIntegrations: ['unclaimedIntegrations { totalCount }', 'catalog.read'],
  mappings: ['mappings { totalCount }', 'catalog.read'],
  mapping: ['mapping(name: "nobody") { name }', 'catalog.read'],
  csvLayouts: ['csvLayouts { totalCount }', 'catalog.read'],
  eventContracts: ['eventContracts { totalCount }', 'catalog.read'],
  redactionRules: ['redactionRules { totalCount }', 'catalog.read'],
  attributeNames: ['attributeNames { totalCount }', 'catalog.read'],
  mappingTrial: ['mappingTrial(input: { mapping: "nobody", payload: "{}" }) { outcome }', 'mapping.try'],
  mappingComparison: ['mappingComparison(input: { definition: "name: x" }) { problems }', 'mapping.try'],
  queues: ['queues { name }', 'catalog.read'],
  tryQueueHours: ['tryQueueHours(hours: { timeZone: "UTC", weekly: [], days: [] }) { __typename }', 'catalog.read'],
  tryRoutingRules: [`tryRoutingRules(exceptionId: "${NOBODY}", rules: []) { __typename }`, 'exception.read'],
  routingRules: ['routingRules { name }', 'catalog.read'],
  routingRulesRevision: ['routingRulesRevision', 'catalog.read'],
  exceptionReasons: ['exceptionReasons { wait { code } }', 'exception.read'],
  acceptances: ['acceptances { totalCount }', 'exception.read'],
  acceptanceEntries: ['acceptanceEntries { totalCount }', 'exception.read'],
  acceptanceEntry: [`acceptanceEntry(id: "${NOBODY}") { id }`, 'exception.read'],
  bulkActs: ['bulkActs { totalCount }', 'exception.read'],
  bulkAct: [`bulkAct(id: "${NOBODY}") { id }`, 'exception.read'],
  bulkActItems: [`bulkActItems(id: "${NOBODY}") { totalCount }`, 'exception.read'],
  previewBulkAct: [
    `previewBulkAct(selection: { exceptions: [{ id: "${NOBODY}", version: 1 }] }, act: { kind: NOTE, reason: "x" }) { __typename }`,
    'exception.work',
  ],
  myNotifications: ['myNotifications { totalCount }', 'exception.read'],
  myUnreadNotifications: ['myUnreadNotifications', 'exception.read'],
  absences: ['absences { id }', 'catalog.read'],
  exceptionActivity: ['exceptionActivity { totalCount }', 'exception.read'],
  handOver: ['handOver { asOf }', 'exception.read'],
  requeueApprovals: ['requeueApprovals { totalCount }', 'exception.read'],
  sendingSettings: ['sendingSettings(integration: "x") { version }', 'catalog.read'],
  requeueApprovalCounts: ['requeueApprovalCounts { waiting }', 'exception.read'],
  fourEyesRules: ['fourEyesRules { version }', 'catalog.read'],
  requeueRequest: [`requeueRequest(id: "${NOBODY}") { id }`, 'exception.read'],
  correctablePayload: [`correctablePayload(exceptionId: "${NOBODY}") { whyNot }`, 'requeue.request'],
  compensationPlan: [`compensationPlan(exceptionIds: ["${NOBODY}"], action: REVERSE) { action }`, 'requeue.request'],
  correctionEdits: [
    `correctionEdits(exceptionId: "${NOBODY}", basedOn: 1, payloadJson: "{}") { pointer }`,
    'requeue.request',
  ],
  checkCorrection: [`checkCorrection(exceptionId: "${NOBODY}", basedOn: 1, edits: []) { isStale }`, 'requeue.request'],
  requeueRequests: ['requeueRequests { totalCount }', 'exception.read'],
  requeuePlanItems: [`requeuePlanItems(requestId: "${NOBODY}") { totalCount }`, 'exception.read'],
  requeueRunItems: [`requeueRunItems(requestId: "${NOBODY}") { totalCount }`, 'exception.read'],
  unknownRequeues: ['unknownRequeues { totalCount }', 'exception.read'],
  requeueCertificate: [`requeueCertificate(attemptId: "${NOBODY}") { integration }`, 'exception.read'],
};

const MUTATIONS: Record<string, [string, Permission | 'public']> = {
  settleRequeueOutcome: [
    `settleRequeueOutcome(attemptId: "${NOBODY}", verdict: APPLIED, reason: "seen at the target") { __typename }`,
    'requeue.approve',
  ],
  askRequeueOutcome: [`askRequeueOutcome(attemptId: "${NOBODY}") { __typename }`, 'requeue.request'],
  signIn: ['signIn(email: "nobody@acme.example", password: "x") { __typename }', 'public'],
  signOut: ['signOut', 'public'],
  assignExceptions: [`assignExceptions(ids: ["${NOBODY}"]) { __typename }`, 'exception.work'],
  saveExceptionView: [
    'saveExceptionView(view: { name: "x", isShared: false, filter: {}, orderBy: MONEY_DESC }) { __typename }',
    'exception.read',
  ],
  changeExceptionView: [
    `changeExceptionView(id: "${NOBODY}", version: 1, change: {}) { __typename }`,
    'exception.read',
  ],
  deleteExceptionView: [`deleteExceptionView(id: "${NOBODY}", version: 1) { __typename }`, 'exception.read'],
  restoreExceptionView: [`restoreExceptionView(id: "${NOBODY}") { __typename }`, 'exception.read'],
  arrangeExceptionViews: ['arrangeExceptionViews(pinned: []) { __typename }', 'exception.read'],
  writeRunbook: [
    'writeRunbook(scope: CATEGORY, scopeKey: "none", words: { title: "x", body: "x" }) { __typename }',
    'exception.work',
  ],
  rewriteRunbook: [
    `rewriteRunbook(id: "${NOBODY}", version: 1, words: { title: "x", body: "x" }) { __typename }`,
    'exception.work',
  ],
  archiveRunbook: [`archiveRunbook(id: "${NOBODY}") { __typename }`, 'exception.work'],
  tickRunbookStep: [
    `tickRunbookStep(exceptionId: "${NOBODY}", runbookId: "${NOBODY}", stepKey: "${NOBODY}", isDone: true) { __typename }`,
    'exception.work',
  ],
  changeExceptionGroup: [
    `changeExceptionGroup(id: "${NOBODY}", version: 1, change: {}) { __typename }`,
    'exception.work',
  ],
  mergeExceptionGroups: [
    `mergeExceptionGroups(ids: ["${NOBODY}"], into: "${NOBODY}", reason: "x") { __typename }`,
    'exception.work',
  ],
  unmergeExceptionGroup: [`unmergeExceptionGroup(id: "${NOBODY}") { __typename }`, 'exception.work'],
  splitExceptionGroup: [`splitExceptionGroup(id: "${NOBODY}", by: [], reason: "x") { __typename }`, 'exception.work'],
  commentOnException: [`commentOnException(id: "${NOBODY}", text: "x") { __typename }`, 'exception.note'],
  moveToQueue: [`moveToQueue(ids: ["${NOBODY}"], queue: "tax", reason: "x") { __typename }`, 'exception.work'],
  overridePriority: [`overridePriority(id: "${NOBODY}", band: P1, reason: "x") { __typename }`, 'exception.work'],
  setQueueMembers: ['setQueueMembers(queue: "nowhere", personIds: []) { __typename }', 'catalog.write'],
  setQueueLead: ['setQueueLead(queue: "nowhere") { __typename }', 'catalog.write'],
  setQueueTargets: ['setQueueTargets(queue: "nowhere", targets: []) { __typename }', 'catalog.write'],
  setQueueOwnHours: [
    'setQueueOwnHours(queue: "nowhere", hours: { timeZone: "UTC", weekly: [], days: [] }) { __typename }',
    'catalog.write',
  ],
  setQueueHours: ['setQueueHours(queue: "nowhere", calendar: "x") { __typename }', 'catalog.write'],
  saveRoutingRules: ['saveRoutingRules(rules: [{ name: "", queue: "" }]) { __typename }', 'catalog.write'],
  applyRoutingRules: ['applyRoutingRules { looked }', 'catalog.write'],
  changeExceptionState: [
    `changeExceptionState(input: { exceptions: [{ id: "${NOBODY}", version: 1 }], act: START }) { __typename }`,
    'exception.work',
  ],
  snoozeExceptions: [
    `snoozeExceptions(ids: ["${NOBODY}"], reason: "x", untilNextOccurrence: true) { __typename }`,
    'exception.work',
  ],
  wakeExceptions: [`wakeExceptions(ids: ["${NOBODY}"]) { __typename }`, 'exception.work'],
  acceptException: [
    `acceptException(id: "${NOBODY}", version: 1, reason: "immaterial", comment: "x") { __typename }`,
    'exception.work',
  ],
  approveAskedByAct: [`approveAskedByAct(id: "${NOBODY}", seen: ${SEEN_ASKED}) { __typename }`, 'exception.approve'],
  rejectAskedByAct: [
    `rejectAskedByAct(id: "${NOBODY}", seen: ${SEEN_ASKED}, reason: "x") { __typename }`,
    'exception.approve',
  ],
  withdrawAskedByAct: [`withdrawAskedByAct(id: "${NOBODY}", seen: ${SEEN_ASKED}) { __typename }`, 'exception.work'],
  approveAcceptance: [`approveAcceptance(id: "${NOBODY}") { __typename }`, 'exception.approve'],
  rejectAcceptance: [`rejectAcceptance(id: "${NOBODY}", reason: "x") { __typename }`, 'exception.approve'],
  withdrawAcceptance: [`withdrawAcceptance(id: "${NOBODY}") { __typename }`, 'exception.work'],
  submitBulkAct: [
    `submitBulkAct(selection: { filter: { text: "nobody" } }, act: { kind: REROUTE }, acceptChanged: true) { __typename }`,
    'exception.work',
  ],
  pauseBulkAct: [`pauseBulkAct(id: "${NOBODY}") { __typename }`, 'exception.read'],
  resumeBulkAct: [`resumeBulkAct(id: "${NOBODY}") { __typename }`, 'exception.read'],
  cancelBulkAct: [`cancelBulkAct(id: "${NOBODY}") { __typename }`, 'exception.read'],
  watchExceptions: [`watchExceptions(ids: ["${NOBODY}"], isWatching: true) { __typename }`, 'exception.read'],
  markNotifications: [`markNotifications(ids: ["${NOBODY}"], isRead: true)`, 'exception.read'],
  markAllNotificationsRead: ['markAllNotificationsRead(upTo: "2026-11-30T00:00:00.000Z")', 'exception.read'],
  setExceptionTicket: [`setExceptionTicket(ids: ["${NOBODY}"]) { __typename }`, 'exception.work'],
  setExceptionGroupTicket: [`setExceptionGroupTicket(id: "${NOBODY}") { __typename }`, 'exception.work'],
  stateAbsence: [
    'stateAbsence(input: { from: "2026-11-30T00:00:00.000Z", until: "2026-11-29T00:00:00.000Z" }) { __typename }',
    'catalog.read',
  ],
  endAbsence: [`endAbsence(id: "${NOBODY}") { __typename }`, 'catalog.read'],
  createIngestKey: ['createIngestKey(name: "") { __typename }', 'catalog.write'],
  rotateIngestKey: [`rotateIngestKey(id: "${NOBODY}") { __typename }`, 'catalog.write'],
  revokeIngestKey: [`revokeIngestKey(id: "${NOBODY}") { __typename }`, 'catalog.write'],
  createSourceSystem: [
    'createSourceSystem(input: { name: "", kind: "x", title: "x" }) { __typename }',
    'catalog.write',
  ],
  updateSourceSystem: [
    'updateSourceSystem(input: { name: "", kind: "x", title: "x" }) { __typename }',
    'catalog.write',
  ],
  adoptIntegration: [
    `adoptIntegration(input: { kind: "service", name: "x", title: "x", fromSystem: "x", toSystem: "x", owner: "x",
                               criticality: "high" }) { __typename }`,
    'catalog.write',
  ],
  dismissUnclaimedIntegration: [
    'dismissUnclaimedIntegration(kind: "service", name: "x") { __typename }',
    'catalog.write',
  ],
  saveMapping: ['saveMapping(name: "x", definition: "", note: "x") { __typename }', 'catalog.write'],
  approveMapping: ['approveMapping(name: "x", version: 1) { __typename }', 'mapping.approve'],
  retireMapping: ['retireMapping(name: "x", version: 1) { __typename }', 'catalog.write'],
  saveAcceptanceLimit: ['saveAcceptanceLimit(legalEntity: "x", note: "x") { __typename }', 'catalog.write'],
  approveAcceptanceLimit: ['approveAcceptanceLimit(legalEntity: "x", version: 1) { __typename }', 'exception.approve'],
  discardAcceptanceLimit: ['discardAcceptanceLimit(legalEntity: "x", version: 1) { __typename }', 'catalog.write'],
  saveValidationRule: ['saveValidationRule(name: "x", definition: "", note: "x") { __typename }', 'catalog.write'],
  approveValidationRule: ['approveValidationRule(name: "x", version: 1) { __typename }', 'exception.approve'],
  retireValidationRule: ['retireValidationRule(name: "x", version: 1) { __typename }', 'catalog.write'],
  recheckValidationRule: ['recheckValidationRule(name: "x") { __typename }', 'catalog.write'],
  planMaintenance: [
    'planMaintenance(input: { reason: "", startsAt: "2026-09-01T00:00:00Z", timeZone: "x" }) { __typename }',
    'catalog.write',
  ],
  endMaintenance: [`endMaintenance(id: "${NOBODY}") { __typename }`, 'catalog.write'],
  stateLineage: [
    `stateLineage(input: { act: LINK, objectIds: ["${NOBODY}"], reason: "x" }) { __typename }`,
    'lineage.state',
  ],
  withdrawStatement: [`withdrawStatement(id: "${NOBODY}", reason: "x") { __typename }`, 'lineage.state'],
  requestRebuild: ['requestRebuild(input: { reason: " " }) { __typename }', 'lineage.rebuild'],
  pauseRebuild: [`pauseRebuild(id: "${NOBODY}") { __typename }`, 'lineage.rebuild'],
  resumeRebuild: [`resumeRebuild(id: "${NOBODY}") { __typename }`, 'lineage.rebuild'],
  cancelRebuild: [`cancelRebuild(id: "${NOBODY}") { __typename }`, 'lineage.rebuild'],
  switchRebuild: [`switchRebuild(id: "${NOBODY}") { __typename }`, 'lineage.rebuild'],
  cancelRemapping: [`cancelRemapping(id: "${NOBODY}") { __typename }`, 'mapping.run'],
  approveLineageChange: [
    `approveLineageChange(approvalId: "${NOBODY}", hash: "${'0'.repeat(64)}") { __typename }`,
    'requeue.approve',
  ],
  rejectLineageChange: [`rejectLineageChange(approvalId: "${NOBODY}", reason: "x") { __typename }`, 'requeue.approve'],
  withdrawLineageChange: [`withdrawLineageChange(approvalId: "${NOBODY}") { __typename }`, 'transaction.read'],
  breakGlassLineageChange: [
    `breakGlassLineageChange(approvalId: "${NOBODY}", hash: "${'0'.repeat(64)}", reason: "no one is here") { __typename }`,
    'requeue.break-glass',
  ],
  reviewLineageChange: [`reviewLineageChange(approvalId: "${NOBODY}", comment: "x") { __typename }`, 'requeue.approve'],
  mapAgain: ['mapAgain(input: { reason: "x" }) { __typename }', 'mapping.run'],
  saveCsvLayout: ['saveCsvLayout(name: "", basedOn: 0, definition: "", note: "") { __typename }', 'catalog.write'],
  registerEventContract: ['registerEventContract(eventType: "", schema: {}) { __typename }', 'catalog.write'],
  saveRedactionRule: ['saveRedactionRule(path: "", action: "drop") { __typename }', 'catalog.write'],
  deleteRedactionRule: [`deleteRedactionRule(id: "${NOBODY}") { __typename }`, 'catalog.write'],
  saveAttributeNames: [
    'saveAttributeNames(names: [{ attribute: "x", financeAttribute: "x" }]) { __typename }',
    'catalog.write',
  ],
  importExchangeRates: ['importExchangeRates(format: "csv", text: "") { __typename }', 'catalog.write'],
  saveMoneyTolerance: [
    'saveMoneyTolerance(legalEntity: "x", currency: "EUR", amount: "-") { __typename }',
    'catalog.write',
  ],
  saveLegalEntity: [
    'saveLegalEntity(code: "-", name: "x", country: "DE", currency: "EUR", calendar: "TARGET", timeZone: "UTC", isNew: true) { __typename }',
    'catalog.write',
  ],
  setRequeueTarget: [
    'setRequeueTarget(input: { integration: "x", adapter: "webhook", url: "-" }) { __typename }',
    'catalog.write',
  ],
  removeRequeueTarget: ['removeRequeueTarget(integration: "x") { __typename }', 'catalog.write'],
  saveCompensationSetting: [
    'saveCompensationSetting(integration: "x", basedOn: 0, actions: [], note: "x") { __typename }',
    'catalog.write',
  ],
  requestCompensation: [
    `requestCompensation(exceptionIds: ["${NOBODY}"], action: REVERSE, reason: "x") { __typename }`,
    'requeue.request',
  ],
  saveCorrectionSetting: [
    'saveCorrectionSetting(integration: "x", basedOn: 0, fields: [], note: "x") { __typename }',
    'catalog.write',
  ],
  correctException: [
    `correctException(exceptionId: "${NOBODY}", basedOn: 1, edits: [], reason: "xxx") { __typename }`,
    'requeue.request',
  ],
  saveCorrection: [
    `saveCorrection(exceptionId: "${NOBODY}", basedOn: 1, edits: [], reason: "xxx") { __typename }`,
    'requeue.request',
  ],
  requestRequeue: [`requestRequeue(exceptionIds: ["${NOBODY}"], reason: "x") { __typename }`, 'requeue.request'],
  approveRequeue: [
    `approveRequeue(requestId: "${NOBODY}", selectionHash: "${'0'.repeat(64)}") { __typename }`,
    'requeue.approve',
  ],
  rejectRequeue: [`rejectRequeue(requestId: "${NOBODY}", reason: "x") { __typename }`, 'requeue.approve'],
  withdrawRequeue: [`withdrawRequeue(requestId: "${NOBODY}") { __typename }`, 'requeue.request'],
  breakGlassRequeue: [
    `breakGlassRequeue(requestId: "${NOBODY}", selectionHash: "${'0'.repeat(64)}", reason: "nobody is here") { __typename }`,
    'requeue.break-glass',
  ],
  reviewBreakGlass: [`reviewBreakGlass(requestId: "${NOBODY}", comment: "x") { __typename }`, 'requeue.approve'],
  saveFourEyesRules: ['saveFourEyesRules(definition: "", note: "x") { __typename }', 'catalog.write'],
  approveFourEyesRules: ['approveFourEyesRules(version: 1) { __typename }', 'requeue.approve'],
  retireFourEyesRules: ['retireFourEyesRules(version: 1) { __typename }', 'catalog.write'],
  pauseRequeue: [`pauseRequeue(id: "${NOBODY}") { __typename }`, 'requeue.request'],
  resumeRequeue: [`resumeRequeue(id: "${NOBODY}") { __typename }`, 'requeue.request'],
  cancelRequeue: [`cancelRequeue(id: "${NOBODY}") { __typename }`, 'requeue.request'],
  validateRequeue: [`validateRequeue(exceptionIds: ["${NOBODY}"]) { __typename }`, 'requeue.request'],
  tryRequeueTarget: ['tryRequeueTarget(integration: "x") { __typename }', 'requeue.request'],
  setSendingSettings: ['setSendingSettings(integration: "x", limits: {}) { __typename }', 'catalog.write'],
};

const SUBSCRIPTIONS = [
  'exceptionChanged',
  'transactionChanged',
  'requeueProgress',
  'requeueApprovalsChanged',
  'bulkActProgress',
  'myUnreadNotificationsChanged',
];

describe('access to the API', () => {
  let api: ApiHarness;
  const clients = new Map<Role, () => Promise<Client>>();

  beforeAll(async () => {
    api = await startApi();
    for (const role of ROLES) {
      await api.addPerson(api.test.tenantId, `${role}@acme.example`, role);
      clients.set(role, () => api.signIn(`${role}@acme.example`));
    }
  });
  afterAll(() => api.close());

  it('is covered by the tables below, operation by operation', () => {
    const { schema } = api.server.app.get(GraphQLSchemaHost);
    const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.keys(type?.getFields() ?? {}).sort();
    expect(fieldsOf(schema.getQueryType())).toEqual(Object.keys(QUERIES).sort());
    expect(fieldsOf(schema.getMutationType())).toEqual(Object.keys(MUTATIONS).sort());
    // asked over WebSocket: see the specs of subscriptions
    expect(fieldsOf(schema.getSubscriptionType())).toEqual([...SUBSCRIPTIONS].sort());
  });

  const operations = [
    ...Object.entries(QUERIES).map(([name, [field, demand]]) => ({ name, document: `query { ${field} }`, demand })),
    ...Object.entries(MUTATIONS).map(([name, [field, demand]]) => ({
      name,
      document: `mutation { ${field} }`,
      demand,
    })),
  ];

  it.each(operations)('$name demands $demand of everybody', async ({ document, demand }) => {
    const codeOf = async (client: Client) => (await client.send(document)).errors?.[0]?.extensions.code;
    const refusals = ['UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL', 'INVALID_QUERY'];
    const anonymous = await codeOf(api.anonymous);
    if (demand === 'public') expect(refusals).not.toContain(anonymous);
    else expect(anonymous).toBe('UNAUTHENTICATED');
    for (const role of ROLES) {
      const client = await clients.get(role)?.();
      if (client === undefined) throw new Error('no client');
      const isAllowed = demand === 'public' || permissionsOf([role]).has(demand);
      const code = await codeOf(client);
      if (isAllowed) expect([role, refusals.includes(code ?? '')]).toEqual([role, false]);
      else expect([role, code]).toEqual([role, 'FORBIDDEN']);
    }
  });
});

describe('the proof of access rules at start', () => {
  @Resolver('A')
  class Guarded {
    @Query(() => String)
    @RequirePermission('sla.read')
    one(): string {
      return '';
    }

    @Query(() => String)
    @Public()
    two(): string {
      return '';
    }

    notExposed(): string {
      return '';
    }
  }

  @Resolver('B')
  @RequirePermission('sla.read')
  class GuardedAsAWhole {
    @Query(() => String)
    three(): string {
      return '';
    }
  }

  @Resolver('C')
  class Forgotten {
    @Query(() => String)
    four(): string {
      return '';
    }

    @ResolveField(() => String)
    five(): string {
      return '';
    }
  }

  @Module({ providers: [Guarded, GuardedAsAWhole, Forgotten] })
  class TestModule {}

  it('names every method that has none', async () => {
    const app = await NestFactory.createApplicationContext(TestModule, { logger: false });
    expect(methodsWithoutAccessRule(app.get(ModulesContainer))).toEqual(['Forgotten.four', 'Forgotten.five']);
    await app.close();
  });
});
