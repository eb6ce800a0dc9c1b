import { accepted, isStorableText, NIL_UUID, parseInstant, quoted, type Parsed } from '@throughline/canonical';
import {
  RUN_EVENT_TYPES,
  type LineageDataset,
  type LineageEvent,
  type LineageFacets,
  type LineageName,
  type RunEventType,
} from './lineage-event.js';

type Members = Readonly<Record<string, unknown>>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;
const LONGEST_NAME = 2_000;
const MOST_REASONS = 5;

/**
 * Checks what OpenLineage 2-0-2 requires of an event: `eventTime`, `producer`, and a run with a uuid and a job, a job, or a
 * dataset; names of jobs and datasets. Facets are kept whatever they hold, and a missing `schemaURL` is no reason to lose
 * an event (senders older than 1.0 do not write it). A time without zone is UTC, as the specification's own samples have it.
 */
export function parseLineageEvent(value: unknown): Parsed<LineageEvent> {
  if (!isMembers(value)) return { ok: false, reasons: [`expected a JSON object, got ${quoted(value)}`] };
  const reader = new LineageEventReader();
  const event = reader.event(value);
  if (event !== undefined && reader.reasons.length === 0) return accepted(event);
  return { ok: false, reasons: reader.reasons.slice(0, MOST_REASONS) };
}

class LineageEventReader {
  readonly reasons: string[] = [];

  event(value: Members): LineageEvent | undefined {
    const occurredAt = this.instant(value.eventTime);
    const producer = this.text(value.producer, '/producer');
    const eventTime = typeof value.eventTime === 'string' ? value.eventTime : '';
    const common = { eventTime, occurredAt, producer };
    const [hasRun, hasJob, hasDataset] = [value.run, value.job, value.dataset].map(
      (part) => part !== undefined && part !== null,
    );
    if (hasRun) {
      const run = this.members(value.run, '/run');
      const runId = this.runId(run?.runId);
      const statedType = this.eventType(value.eventType);
      return {
        form: 'run',
        ...common,
        eventType: statedType ?? 'OTHER',
        statedType,
        runId,
        runFacets: facetsOf(run?.facets),
        job: this.name(value.job, '/job'),
        jobFacets: facetsOf(isMembers(value.job) ? value.job.facets : undefined),
        inputs: this.datasets(value.inputs, '/inputs', 'inputFacets'),
        outputs: this.datasets(value.outputs, '/outputs', 'outputFacets'),
      };
    }
    if (hasJob && !hasDataset) {
      if (value.eventType !== undefined && value.eventType !== null) {
        return this.refuse('/run', 'is missing, although the event has an eventType');
      }
      return {
        form: 'job',
        ...common,
        job: this.name(value.job, '/job'),
        jobFacets: facetsOf(isMembers(value.job) ? value.job.facets : undefined),
        inputs: this.datasets(value.inputs, '/inputs', 'inputFacets'),
        outputs: this.datasets(value.outputs, '/outputs', 'outputFacets'),
      };
    }
    if (hasDataset && !hasJob) {
      return { form: 'dataset', ...common, dataset: this.dataset(value.dataset, '/dataset', '') };
    }
    return this.refuse('', 'an event has a run and a job, a job, or a dataset');
  }

  private instant(value: unknown): string {
    const zoned = typeof value === 'string' && WITHOUT_ZONE.test(value) ? `${value.replace(' ', 'T')}Z` : value;
    const parsed = parseInstant(zoned);
    if (parsed.ok) return parsed.value;
    this.refuse('/eventTime', value === undefined ? 'is missing' : parsed.reasons.join('; '));
    return '';
  }

  private eventType(value: unknown): RunEventType | null {
    if (value === undefined || value === null) return null;
    const type = RUN_EVENT_TYPES.find((known) => typeof value === 'string' && known === value.toUpperCase());
    if (type === undefined)
      this.refuse('/eventType', `must be one of ${RUN_EVENT_TYPES.join(', ')}, got ${quoted(value)}`);
    return type ?? null;
  }

  private runId(value: unknown): string {
    const id = typeof value === 'string' ? value.trim().toLowerCase() : '';
    if (!UUID.test(id) || id === NIL_UUID)
      this.refuse('/run/runId', value === undefined ? 'is missing' : `must be a uuid, got ${quoted(value)}`);
    return id;
  }

  private datasets(value: unknown, place: string, ioFacets: string): LineageDataset[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.refuse(place, `expected a list, got ${quoted(value)}`);
      return [];
    }
    return value.map((item: unknown, index) => this.dataset(item, `${place}/${index}`, ioFacets));
  }

  private dataset(value: unknown, place: string, ioFacets: string): LineageDataset {
    const members = isMembers(value) ? value : {};
    return { ...this.name(value, place), facets: facetsOf(members.facets), ioFacets: facetsOf(members[ioFacets]) };
  }

  private name(value: unknown, place: string): LineageName {
    const members = this.members(value, place);
    if (members === undefined) return { namespace: '', name: '' };
    return {
      namespace: this.text(members.namespace, `${place}/namespace`),
      name: this.text(members.name, `${place}/name`),
    };
  }

  private text(value: unknown, place: string): string {
    const isText =
      typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_NAME && isStorableText(value);
    if (isText) return value;
    this.refuse(
      place,
      value === undefined ? 'is missing' : `must be text of 1 to ${LONGEST_NAME} characters, got ${quoted(value)}`,
    );
    return '';
  }

  private members(value: unknown, place: string): Members | undefined {
    if (isMembers(value)) return value;
    return this.refuse(
      place,
      value === undefined || value === null ? 'is missing' : `expected an object, got ${quoted(value)}`,
    );
  }

  private refuse(place: string, reason: string): undefined {
    this.reasons.push(place === '' ? reason : `${place}: ${reason}`);
    return undefined;
  }
}

function facetsOf(value: unknown): LineageFacets {
  return isMembers(value) ? value : {};
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
