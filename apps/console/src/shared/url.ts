// The one place where addresses are built and read: a feature links to another through these functions only.
import { parseExceptionList, type ExceptionList } from './url-exceptions.js';
import { REGIONS, type RegionName } from './regions.js';
import { AMOUNT, type RawSearch, day, href, instant, list, matching, oneOf, text } from './url-search.js';

export { REGIONS, type RegionName };
export const EXCEPTION_VIEWS = ['unresolved', 'open', 'requeued', 'resolved', 'all'] as const;
export type ExceptionView = (typeof EXCEPTION_VIEWS)[number];

export const EXCEPTION_ORDERS = ['priority', 'money', 'oldest', 'newest'] as const;
export type ExceptionListOrder = (typeof EXCEPTION_ORDERS)[number];

export const TRANSACTION_STATES = [
  'BLOCKED',
  'LATE',
  'AT_RISK',
  'WAITING',
  'RUNNING',
  'COMPLETED',
  'CANCELLED',
] as const;
export type TransactionStateName = (typeof TRANSACTION_STATES)[number];

export const SLA_WINDOWS = [7, 14, 30] as const;

export const SIGNAL_STATES = ['UNMAPPED', 'PENDING', 'MAPPED', 'IGNORED'] as const;
export type SignalStateName = (typeof SIGNAL_STATES)[number];

export const SIGNAL_KINDS = ['CLOUD_EVENT', 'WEBHOOK', 'OPENLINEAGE', 'LOG', 'FILE_RECORD'] as const;
export type SignalKindName = (typeof SIGNAL_KINDS)[number];

export const SIGNAL_WINDOWS = ['1h', '24h', '7d'] as const;
export type SignalWindow = (typeof SIGNAL_WINDOWS)[number];

export const SOURCE_SECTIONS = ['systems', 'keys', 'unclaimed', 'redaction', 'contracts', 'layouts', 'names'] as const;
export type SourceSection = (typeof SOURCE_SECTIONS)[number];

export const RUN_STATES = ['FAILED', 'ABORTED', 'RUNNING', 'COMPLETED', 'OTHER'] as const;
export type RunStateName = (typeof RUN_STATES)[number];

export type ExceptionsSearch = ExceptionList & {
  view: ExceptionView;
  /** names of queues */
  queue: readonly string[];
  entity: readonly string[];
  kind: readonly string[];
  /** `me`, `none` or a person's id */
  owner: string | undefined;
  text: string | undefined;
  group: string | undefined;
  object: string | undefined;
  order: ExceptionListOrder;
  /** the exception that is open beside the list */
  open: string | undefined;
};

export const MILESTONE_STANDINGS = ['REACHED', 'WAITING', 'OVERDUE'] as const;
export type MilestoneStandingName = (typeof MILESTONE_STANDINGS)[number];

export type TransactionsSearch = {
  state: readonly TransactionStateName[];
  entity: readonly string[];
  workflow: string | undefined;
  region: readonly RegionName[];
  currency: string | undefined;
  system: string | undefined;
  /** name of a customer or supplier, from its beginning */
  party: string | undefined;
  /** decimal text, in the currency of the row */
  min: string | undefined;
  max: string | undefined;
  /** a milestone, and where the transaction stands with it */
  milestone: string | undefined;
  standing: MilestoneStandingName;
  /** a month, 2026-09 */
  period: string | undefined;
  /** dates */
  dueFrom: string | undefined;
  dueTo: string | undefined;
  valueFrom: string | undefined;
  valueTo: string | undefined;
  account: string | undefined;
  /** started at least so many days ago */
  age: string | undefined;
  /** latest activity, instants */
  from: string | undefined;
  to: string | undefined;
  text: string | undefined;
  order: 'activity' | 'started';
};

export const ORPHAN_WINDOWS = [1, 7, 30] as const;

export type OrphansSearch = {
  days: number;
  show: 'documents' | 'reports';
  /** the integration that is open beside the list; `-` for what names none */
  integration: string | undefined;
};

export type TransactionSearch = { show: 'graph' | 'table'; run: string | undefined; message: string | undefined };
/** `links`: those of all steps, or of the step that is looked at */
export type TraceSearch = { span: string | undefined; links: 'run' | 'step' };
/** `milestone` of `workflow`: the rule that is reported on */
export type SlaSearch = {
  days: number;
  entity: readonly string[];
  workflow: string | undefined;
  milestone: string | undefined;
};
export type AlertsSearch = { open: string | undefined };
export type EvidenceSearch = {
  action: string | undefined;
  type: string | undefined;
  subject: string | undefined;
  open: string | undefined;
};

export type SignalsSearch = {
  show: 'signals' | 'refused';
  state: readonly SignalStateName[];
  kind: readonly SignalKindName[];
  system: readonly string[];
  type: string | undefined;
  /** the latest hours or days; `from` and `to` (instants) when another time is meant */
  since: SignalWindow | undefined;
  from: string | undefined;
  to: string | undefined;
  file: string | undefined;
  mapping: string | undefined;
  /** what events say they belong to: their correlation id, whole */
  flow: string | undefined;
  order: 'newest' | 'oldest';
  /** the signal or refused input that is open beside the list */
  open: string | undefined;
};

export type MappingSearch = {
  /** the stored signal on the left of the bench */
  signal: string | undefined;
  /** the bench begins a mapping that does not exist yet */
  isNew: boolean;
};

export type SourcesSearch = { show: SourceSection; open: string | undefined };

export type FilesSearch = {
  show: 'files' | 'runs';
  format: readonly string[];
  system: readonly string[];
  /** only files whose control totals are broken */
  isBroken: boolean;
  state: readonly RunStateName[];
  open: string | undefined;
};

export function parseExceptionsSearch(raw: RawSearch): ExceptionsSearch {
  return {
    view: oneOf(text(raw, 'view'), EXCEPTION_VIEWS, 'unresolved'),
    queue: list(raw, 'queue'),
    entity: list(raw, 'entity'),
    kind: list(raw, 'kind'),
    owner: text(raw, 'owner'),
    text: text(raw, 'text'),
    group: text(raw, 'group'),
    object: text(raw, 'object'),
    ...parseExceptionList(raw),
    order: oneOf(text(raw, 'order'), EXCEPTION_ORDERS, 'priority'),
    open: text(raw, 'open'),
  };
}

export function exceptionsHref(search: Partial<ExceptionsSearch> = {}): string {
  return href('/exceptions', search, { view: 'unresolved', order: 'priority' });
}

export function queuesHref(): string {
  return '/queues';
}

export function exceptionHref(id: string): string {
  return `/exceptions/${encodeURIComponent(id)}`;
}

export function parseTransactionsSearch(raw: RawSearch): TransactionsSearch {
  return {
    state: TRANSACTION_STATES.filter((state) => list(raw, 'state').includes(state)),
    entity: list(raw, 'entity'),
    workflow: text(raw, 'workflow'),
    region: REGIONS.filter((region) => list(raw, 'region').includes(region)),
    currency: matching(raw, 'currency', /^[A-Z]{3}$/),
    system: text(raw, 'system'),
    party: text(raw, 'party'),
    min: matching(raw, 'min', AMOUNT),
    max: matching(raw, 'max', AMOUNT),
    milestone: text(raw, 'milestone'),
    standing: oneOf(text(raw, 'standing'), MILESTONE_STANDINGS, 'WAITING'),
    period: matching(raw, 'period', /^\d{4}-(0[1-9]|1[0-2])$/),
    dueFrom: day(raw, 'dueFrom'),
    dueTo: day(raw, 'dueTo'),
    valueFrom: day(raw, 'valueFrom'),
    valueTo: day(raw, 'valueTo'),
    account: text(raw, 'account'),
    age: matching(raw, 'age', /^\d{1,4}$/),
    from: instant(raw, 'from'),
    to: instant(raw, 'to'),
    text: text(raw, 'text'),
    order: oneOf(text(raw, 'order'), ['activity', 'started'], 'activity'),
  };
}

export function transactionsHref(search: Partial<TransactionsSearch> = {}): string {
  return href('/transactions', search, { order: 'activity', standing: 'WAITING' });
}

export function parseOrphansSearch(raw: RawSearch): OrphansSearch {
  const days = Number(text(raw, 'days'));
  return {
    days: ORPHAN_WINDOWS.find((window) => window === days) ?? 7,
    show: oneOf(text(raw, 'show'), ['documents', 'reports'], 'documents'),
    integration: text(raw, 'integration'),
  };
}

export function orphansHref(search: Partial<OrphansSearch> = {}): string {
  return href('/orphans', search, { days: 7, show: 'documents' });
}

export const EXPORT_FILES = [
  'transactions.csv',
  'transactions.xlsx',
  'transactions.ocel.json',
  'transactions.openlineage.ndjson',
] as const;
export type ExportFile = (typeof EXPORT_FILES)[number];

/** Where the API gives transactions as a file; `filter` is the list's own, as JSON. */
export function exportHref(
  file: ExportFile,
  search: { id?: string; filter?: string; orderBy?: string; table?: string; bom?: string } = {},
): string {
  return href(`/exports/${file}`, search);
}

export function parseTransactionSearch(raw: RawSearch): TransactionSearch {
  const show = oneOf(text(raw, 'show'), ['graph', 'table'], 'graph');
  return { show, run: text(raw, 'run'), message: text(raw, 'message') };
}

export function transactionHref(id: string, search: Partial<TransactionSearch> = {}): string {
  return href(`/transactions/${encodeURIComponent(id)}`, search, { show: 'graph' });
}

export function parseTraceSearch(raw: RawSearch): TraceSearch {
  return { span: text(raw, 'span'), links: oneOf(text(raw, 'links'), ['run', 'step'], 'run') };
}

export function traceHref(traceId: string, search: Partial<TraceSearch> = {}): string {
  return href(`/traces/${encodeURIComponent(traceId)}`, search, { links: 'run' });
}

export function parseSlaSearch(raw: RawSearch): SlaSearch {
  const days = Number(text(raw, 'days'));
  return {
    days: SLA_WINDOWS.find((window) => window === days) ?? 14,
    entity: list(raw, 'entity'),
    workflow: text(raw, 'workflow'),
    milestone: text(raw, 'milestone'),
  };
}

export function slaHref(search: Partial<SlaSearch> = {}): string {
  return href('/sla', search, { days: 14 });
}

export function parseAlertsSearch(raw: RawSearch): AlertsSearch {
  return { open: text(raw, 'open') };
}

export function alertsHref(search: Partial<AlertsSearch> = {}): string {
  return href('/alerts', search);
}

export function integrationsHref(): string {
  return '/integrations';
}

export function parseEvidenceSearch(raw: RawSearch): EvidenceSearch {
  return {
    action: text(raw, 'action'),
    type: text(raw, 'type'),
    subject: text(raw, 'subject'),
    open: text(raw, 'open'),
  };
}

export function evidenceHref(search: Partial<EvidenceSearch> = {}): string {
  return href('/evidence', search);
}

export function parseSignalsSearch(raw: RawSearch): SignalsSearch {
  const since = SIGNAL_WINDOWS.find((window) => window === text(raw, 'since'));
  return {
    show: oneOf(text(raw, 'show'), ['signals', 'refused'], 'signals'),
    state: SIGNAL_STATES.filter((state) => list(raw, 'state').includes(state)),
    kind: SIGNAL_KINDS.filter((kind) => list(raw, 'kind').includes(kind)),
    system: list(raw, 'system'),
    type: text(raw, 'type'),
    since,
    from: since ? undefined : instant(raw, 'from'),
    to: since ? undefined : instant(raw, 'to'),
    file: text(raw, 'file'),
    mapping: text(raw, 'mapping'),
    flow: text(raw, 'flow'),
    order: oneOf(text(raw, 'order'), ['newest', 'oldest'], 'newest'),
    open: text(raw, 'open'),
  };
}

export function signalsHref(search: Partial<SignalsSearch> = {}): string {
  return href('/signals', search, { show: 'signals', order: 'newest' });
}

export function signalHref(id: string): string {
  return `/signals/${encodeURIComponent(id)}`;
}

export function mappingsHref(): string {
  return '/mappings';
}

export function rebuildsHref(): string {
  return '/rebuilds';
}

export function parseMappingSearch(raw: RawSearch): MappingSearch {
  return { signal: text(raw, 'signal'), isNew: text(raw, 'new') === 'yes' };
}

export function mappingHref(name: string, search: Partial<MappingSearch> = {}): string {
  const { isNew, ...rest } = search;
  return href(`/mappings/${encodeURIComponent(name)}`, { ...rest, new: isNew ? 'yes' : undefined });
}

export function parseSourcesSearch(raw: RawSearch): SourcesSearch {
  return { show: oneOf(text(raw, 'show'), SOURCE_SECTIONS, 'systems'), open: text(raw, 'open') };
}

export function sourcesHref(search: Partial<SourcesSearch> = {}): string {
  return href('/sources', search, { show: 'systems' });
}

export function parseFilesSearch(raw: RawSearch): FilesSearch {
  return {
    show: oneOf(text(raw, 'show'), ['files', 'runs'], 'files'),
    format: list(raw, 'format'),
    system: list(raw, 'system'),
    isBroken: text(raw, 'controls') === 'broken',
    state: RUN_STATES.filter((state) => list(raw, 'state').includes(state)),
    open: text(raw, 'open'),
  };
}

export function filesHref(search: Partial<FilesSearch> = {}): string {
  const { isBroken, ...rest } = search;
  return href('/files', { ...rest, controls: isBroken ? 'broken' : undefined }, { show: 'files' });
}

/** `on` is a day: what was so at its end, or what was known by then. */
export type ObjectSearch = { on: string | undefined; view: 'was' | 'known'; show: 'now' | 'history' };

export function parseObjectSearch(raw: RawSearch): ObjectSearch {
  const on = text(raw, 'on');
  const isDay = on !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(on) && !Number.isNaN(Date.parse(on));
  return {
    on: isDay ? on : undefined,
    view: oneOf(text(raw, 'view'), ['was', 'known'], 'was'),
    show: oneOf(text(raw, 'show'), ['now', 'history'], 'now'),
  };
}

export function objectHref(id: string, search: Partial<ObjectSearch> = {}): string {
  return href(`/objects/${encodeURIComponent(id)}`, search, { view: 'was', show: 'now' });
}

/** Where a technical subject is looked at; undefined for a business document, which is looked at in its transaction. */
export function technicalHref({ id, type, key }: Record<'id' | 'type' | 'key', string>): string | undefined {
  // a span is known by its place in its trace, any other signal by its id
  const [traceId = '', span] = key.split('/');
  if (type === 'signal') return span === undefined ? signalHref(key) : traceHref(traceId, { span });
  if (type === 'file') return filesHref({ open: key });
  if (type === 'run') return objectHref(id);
  return type === 'integration' ? integrationsHref() : undefined;
}

export function homeHref(): string {
  return '/';
}
