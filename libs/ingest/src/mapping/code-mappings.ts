import { activityTypeOfEvent, type MappingReference } from '@throughline/canonical';
import { FILE_MAPPING } from '../files/mapping/record-draft.js';
import { OPEN_LINEAGE_MAPPING } from '../openlineage/map-open-lineage.js';
import { FINANCE_EVENT_MAPPING } from './map-cloud-event.js';
import { DEAD_LETTER_MAPPING } from './map-dead-letter.js';
import { OTEL_LOG_MAPPING } from './map-log.js';
import { OTEL_FINANCE_MAPPING } from './map-span.js';
import type { StoredSignal } from './stored-signal.js';

/** A mapping that is part of the program: it can be looked at and tried, and has no definition to change. */
export type CodeMappingFacts = Pick<MappingReference, 'name' | 'version'> & { title: string; reads: string };

const facts = (
  { name, version }: Pick<MappingReference, 'name' | 'version'>,
  title: string,
  reads: string,
): CodeMappingFacts => ({ name, version, title, reads });

const FINANCE_EVENTS = facts(FINANCE_EVENT_MAPPING, 'Finance events', 'CloudEvents whose type begins with finance.');
const LOG_RECORDS = facts(OTEL_LOG_MAPPING, 'OpenTelemetry log records', 'log records that name a business object');
const SPANS = facts(OTEL_FINANCE_MAPPING, 'OpenTelemetry spans', 'spans that name a business object');
const RUN_EVENTS = facts(OPEN_LINEAGE_MAPPING, 'OpenLineage events', 'run, job and dataset events of OpenLineage');
const FILES = facts(FILE_MAPPING, 'Bank and other files', 'camt, pain, MT940, MT942, BAI2 and CSV, record by record');
const DEAD_LETTERS = facts(
  DEAD_LETTER_MAPPING,
  'Dead letters',
  'messages that a broker gave up and no other mapping takes',
);

/** All mappings in code, by name. */
export const CODE_MAPPINGS: readonly CodeMappingFacts[] = [
  FILES,
  FINANCE_EVENTS,
  RUN_EVENTS,
  SPANS,
  LOG_RECORDS,
  DEAD_LETTERS,
].sort((left, right) => (left.name < right.name ? -1 : 1));

const BY_KIND: Readonly<Partial<Record<StoredSignal['kind'], CodeMappingFacts>>> = {
  log: LOG_RECORDS,
  openlineage: RUN_EVENTS,
  'file-record': FILES,
  webhook: DEAD_LETTERS,
};

/** The mapping in code that reads a signal which no pack takes. */
export function codeMappingOf({ kind, type }: Pick<StoredSignal, 'kind' | 'type'>): CodeMappingFacts | undefined {
  if (kind === 'cloud-event') return activityTypeOfEvent(type) === undefined ? DEAD_LETTERS : FINANCE_EVENTS;
  return BY_KIND[kind];
}
