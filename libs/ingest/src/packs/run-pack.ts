import {
  activityId,
  type Activity,
  type ActivityObject,
  type FinanceEventData,
  type FinanceEventObject,
  RELATED_QUALIFIER,
  SUBJECT_QUALIFIER,
  type SignalReference,
} from '@throughline/canonical';
import type { MappedSignal, UnmappedReason } from '../mapping/mapped-signal.js';
import { recordedAtOf } from '../mapping/recorded-at.js';
import { nameReturns } from '../mapping/return-names.js';
import type { StoredSignal } from '../mapping/stored-signal.js';
import { parseRequeueId, parseTraceparent } from '../mapping/trace-context.js';
import { readActivityDraft, type ActivityDraft } from './activity-draft.js';
import type { CompiledPack, CompiledRule } from './compiled-pack.js';
import { decodePayload, payloadFormatIn, payloadFormatOf, UnreadablePayload } from './decode-payload.js';
import { placeOfType } from './place-of-type.js';
import { recordList } from './record-list.js';
import type { MappingPack } from './mapping-pack.js';
import { ExpressionFault, type PackExpression } from './pack-expression.js';

/** Most activities that one signal may become. */
const MOST_ACTIVITIES = 1_000;

/**
 * Maps one stored signal by a pack. Expressions see the decoded record as `$` and these variables: `$source` (name and
 * kind of the source system), `$attributes` (CloudEvents attributes, or facts of the request), `$signal` (type, id, source, receivedAt).
 */
export async function runPack(
  compiled: CompiledPack,
  signal: StoredSignal,
  reference: SignalReference,
): Promise<MappedSignal> {
  const { pack } = compiled;
  const at = (rule: string) => ({ name: pack.name, version: pack.version, rule });
  const unmapped = (rule: string, reason: Omit<UnmappedReason, 'mapping'>): MappedSignal => ({
    outcome: 'unmapped',
    unmapped: { ...reason, mapping: at(rule) },
  });
  let payload: unknown;
  let record: unknown;
  try {
    const format = payloadFormatOf(signal.contentType ?? undefined) ?? payloadFormatIn(signal.body) ?? pack.format;
    payload = decodePayload(signal.body, format);
    // The only record of a webhook body is stored in its frame; a CloudEvent's data is the record itself.
    const list = signal.kind === 'webhook' ? recordList(pack.records, payload) : undefined;
    record = list?.length === 1 ? list[0] : payload;
  } catch (error) {
    if (!(error instanceof UnreadablePayload)) throw error;
    return unmapped('', { code: 'unreadable', reason: error.message });
  }
  const bindings = bindingsOf(signal);
  let place = '';
  try {
    if (compiled.record !== undefined) record = await compiled.record.evaluate(record, bindings);
    const rule = await firstMatch(compiled.rules, signal.type, record, bindings);
    if (rule === undefined) return unmapped('', noRule(compiled, signal, payload));
    if ('ignore' in rule) return { outcome: 'ignored', reason: rule.ignore, mapping: at(rule.name) };
    place = rule.name;
    const made = await rule.activities.evaluate(record, bindings);
    const occurredAt = signal.occurredAt ?? (await instantOf(compiled, record, bindings));
    const drafts = made === undefined || made === null ? [] : Array.isArray(made) ? made : [made];
    if (drafts.length === 0) {
      return unmapped(rule.name, { code: 'invalid-output', reason: `rule ${rule.name} made no activity` });
    }
    if (drafts.length > MOST_ACTIVITIES) {
      return unmapped(rule.name, {
        code: 'invalid-output',
        reason: `rule ${rule.name} made ${drafts.length} activities, at most ${MOST_ACTIVITIES} are taken`,
      });
    }
    const activities: Activity[] = [];
    for (const [position, value] of drafts.entries()) {
      const read = readActivityDraft(value, { system: systemOf(signal), occurredAt });
      if (!read.ok) {
        return unmapped(rule.name, {
          code: 'invalid-output',
          place: `/${position}${read.place}`,
          reason: `rule ${rule.name}: ${read.reason}`,
        });
      }
      activities.push(nameReturns(toActivity(signal, read.draft, position, reference, at(rule.name))));
    }
    return { outcome: 'mapped', activities, mapping: at(rule.name) };
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    return unmapped(place, { code: 'invalid-output', reason: error.message });
  }
}

/** Why no rule takes it, at the place that names its type: a context attribute of an event, a member of a vendor's record. */
function noRule(
  { pack, rules }: CompiledPack,
  signal: StoredSignal,
  payload: unknown,
): Omit<UnmappedReason, 'mapping'> {
  const type = JSON.stringify(signal.type.slice(0, 200));
  const nearly = rules.filter(({ name, takesType }) => takesType(signal.type) && namesTypes(pack, name));
  const names = nearly.map(({ name }) => name).join(', ');
  const others = nearly.length === 0 ? '' : `; the type is that of ${names}, whose condition is not met`;
  const place = signal.kind === 'cloud-event' ? '/type' : placeOfType(payload, signal.type);
  return {
    code: 'no-rule',
    reason: `no rule of ${pack.name} version ${pack.version} takes ${type}${others}`,
    ...(place !== undefined && { place }),
  };
}

function namesTypes(pack: MappingPack, name: string): boolean {
  return pack.rules.some((rule) => rule.name === name && rule.types.length > 0);
}

/** The variables that expressions see beside the record. */
export function bindingsOf(
  signal: Pick<
    StoredSignal,
    'sourceSystem' | 'sourceKind' | 'attributes' | 'type' | 'externalId' | 'source' | 'receivedAt'
  >,
): Record<string, unknown> {
  return {
    source: { name: signal.sourceSystem, kind: signal.sourceKind },
    attributes: signal.attributes,
    signal: {
      type: signal.type,
      id: signal.externalId,
      source: signal.source,
      ...(signal.receivedAt !== undefined && { receivedAt: signal.receivedAt }),
    },
  };
}

async function firstMatch(
  rules: readonly CompiledRule[],
  type: string,
  record: unknown,
  bindings: Record<string, unknown>,
): Promise<CompiledRule | undefined> {
  for (const rule of rules) {
    if (!rule.takesType(type)) continue;
    if (rule.when === undefined || (await askedOf(rule, rule.when, record, bindings)) === true) return rule;
  }
  return undefined;
}

/** A condition that fails names its rule: the reason is read by the one who mends the pack. */
async function askedOf(
  rule: CompiledRule,
  when: PackExpression,
  record: unknown,
  bindings: Record<string, unknown>,
): Promise<unknown> {
  try {
    return await when.evaluate(record, bindings);
  } catch (error) {
    throw error instanceof ExpressionFault ? new ExpressionFault(`when of rule ${rule.name}: ${error.message}`) : error;
  }
}

async function instantOf(
  compiled: CompiledPack,
  record: unknown,
  bindings: Record<string, unknown>,
): Promise<string | null> {
  const value = await compiled.occurredAt.evaluate(record, bindings);
  return typeof value === 'string' ? value : null;
}

function toActivity(
  signal: StoredSignal,
  draft: ActivityDraft,
  position: number,
  reference: SignalReference,
  mapping: Activity['mapping'],
): Activity {
  const { data } = draft;
  const origin = parseTraceparent(draft.traceparent ?? signal.attributes['traceparent']);
  const stated = signal.attributes['throughlinerequeueid'];
  const requeueId = parseRequeueId(draft.requeueId ?? (typeof stated === 'string' ? stated : undefined));
  return {
    activityId: activityId(signal.scopedKey, position),
    type: draft.type,
    occurredAt: draft.occurredAt,
    ...recordedAtOf(signal),
    outcome: data.outcome ?? 'success',
    system: data.system,
    integration: data.integration ?? '',
    objects: data.objects.map((object, index) => toActivityObject(object, index, data)),
    links: data.links ?? [],
    ...(data.problem !== undefined && {
      problem: {
        ...withoutCode(data.problem),
        taxonomy: data.problem.code,
        discriminators: data.problem.discriminators ?? {},
      },
    }),
    // A run id is unique within its system only; without one a trace, else the signal itself is the run.
    runKey: draft.runKey === undefined ? (origin?.traceId ?? signal.scopedKey) : `run:${data.system}:${draft.runKey}`,
    ...(requeueId !== undefined && { requeueId }),
    ...(origin !== undefined && origin),
    signal: reference,
    mapping,
  };
}

const LONGEST_SYSTEM = 256;

/** The configured source system; of an event whose sender nobody has configured the `source` that it gives itself. */
function systemOf({ sourceSystem, source }: StoredSignal): string {
  return sourceSystem === '' ? source.slice(0, LONGEST_SYSTEM) : sourceSystem;
}

function withoutCode({ message, field, payload, payloadVersion, headers }: NonNullable<FinanceEventData['problem']>) {
  return {
    message,
    ...(field !== undefined && { field }),
    ...(payload !== undefined && { payload }),
    ...(payloadVersion !== undefined && { payloadVersion }),
    ...(headers !== undefined && { headers }),
  };
}

function toActivityObject(object: FinanceEventObject, index: number, { system }: FinanceEventData): ActivityObject {
  const { type, qualifier, keys, ...facts } = object;
  const [first, ...others] = keys.map((key) => ({
    system: key.system ?? system,
    kind: key.kind,
    scope: key.scope ?? '',
    value: key.value,
  }));
  return {
    type,
    qualifier: qualifier ?? (index === 0 ? SUBJECT_QUALIFIER : RELATED_QUALIFIER),
    aliases: [first!, ...others],
    ...facts,
  };
}
