import type { Instant, ObjectType, Outcome, Uuid } from '@throughline/canonical';
import { type HistoryStatement, attributeHistory } from './object-history.js';

/** To an object, with the role that it has there. */
export type OcelRelation = { objectId: Uuid; qualifier: string };

/** An activity as an event of the log. */
export type OcelActivity = {
  activityId: Uuid;
  type: string;
  occurredAt: Instant;
  outcome: Outcome;
  system: string;
  integration: string;
  traceId: string | null;
  requeueId: Uuid | null;
  problem: { taxonomy: string; message: string } | null;
  /** At least one: an event without an object is none. */
  objects: readonly OcelRelation[];
};

/** A business object of the log. */
export type OcelSubject = {
  objectId: Uuid;
  type: ObjectType;
  key: string;
  firstOccurredAt: Instant;
  statements: readonly HistoryStatement[];
  /** Links by which it follows from another object: read as "this one `qualifier` that one". */
  follows: readonly OcelRelation[];
};

/** Changes text before it leaves the house: masks account numbers, or nothing. */
export type TextFilter = (text: string) => string;

/**
 * Writes an OCEL 2.0 log in its JSON form piece by piece, so that a log of any size needs the memory of one event: first
 * `begin`, events, `turn`, objects, `end`. The types with the attributes that really occur stand at the end, which JSON
 * allows. Every attribute is of type string: amounts stay exact decimal text.
 */
export class OcelLog {
  private readonly eventTypes = new Map<string, Set<string>>();
  private readonly objectTypes = new Map<string, Set<string>>();
  private isFirst = true;

  constructor(private readonly shown: TextFilter) {}

  begin(): string {
    return '{"events":[';
  }

  event(activity: OcelActivity): string {
    const { activityId: id, type, occurredAt: time, outcome, system, integration, traceId, requeueId } = activity;
    const values: [string, string | null][] = [
      ['outcome', outcome],
      ['system', system],
      ['integration', integration],
      ['traceId', traceId],
      ['requeueId', requeueId],
      ['problem', activity.problem?.taxonomy ?? null],
      ['message', activity.problem === null ? null : this.shown(activity.problem.message)],
    ];
    const attributes = values.flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value }]));
    declare(this.eventTypes, type, attributes);
    return this.item({ id, type, time, attributes, relationships: distinct(activity.objects) });
  }

  /** Ends the events; objects follow. */
  turn(): string {
    this.isFirst = true;
    return '\n],"objects":[';
  }

  object(subject: OcelSubject): string {
    const { objectId: id, type, key, firstOccurredAt, statements, follows } = subject;
    const attributes = [
      { name: 'key', value: this.shown(key), time: firstOccurredAt },
      ...attributeHistory(statements).map(({ name, value, time }) => ({ name, value: this.shown(value), time })),
    ];
    declare(this.objectTypes, type, attributes);
    return this.item({ id, type, attributes, relationships: distinct(follows) });
  }

  end(): string {
    const types = `,"eventTypes":${typesText(this.eventTypes)},"objectTypes":${typesText(this.objectTypes)}`;
    return `\n]${types}}\n`;
  }

  private item(value: object): string {
    const separator = this.isFirst ? '\n' : ',\n';
    this.isFirst = false;
    return separator + JSON.stringify(value);
  }
}

function declare(types: Map<string, Set<string>>, type: string, attributes: readonly { name: string }[]): void {
  const names = types.get(type) ?? new Set<string>();
  for (const { name } of attributes) names.add(name);
  types.set(type, names);
}

function typesText(types: ReadonlyMap<string, ReadonlySet<string>>): string {
  const inOrder = [...types].sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(
    inOrder.map(([name, names]) => ({
      name,
      attributes: [...names].sort().map((attribute) => ({ name: attribute, type: 'string' })),
    })),
  );
}

function distinct(relations: readonly OcelRelation[]): OcelRelation[] {
  const known = new Map(
    relations.map(({ objectId, qualifier }) => [`${objectId} ${qualifier}`, { objectId, qualifier }]),
  );
  return [...known.values()];
}
