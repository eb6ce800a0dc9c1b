import {
  parseFinanceEventData,
  quoted,
  type FinanceEventData,
  isActivityType,
  isCanonicalInstant,
} from '@throughline/canonical';

/** What a rule's expression answers for one activity, before it is checked. */
type Members = Record<string, unknown>;

/** A checked activity of a rule: finance event data with type, time and run. */
export type ActivityDraft = {
  type: string;
  occurredAt: string;
  data: FinanceEventData;
  /** Groups the signals of one run: a correlation or execution id within the system. */
  runKey?: string;
  requeueId?: string;
  traceparent?: string;
};

export type DraftResult = { ok: true; draft: ActivityDraft } | { ok: false; place: string; reason: string };

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSONata sequence of one is the value itself. */
function asList(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/**
 * Checks what a rule made. For the writers of rules it is lenient in three ways: a key whose value is absent or blank is
 * left out; an object that has no key left is left out (except the first, the subject) together with its links; links
 * name objects by their `ref` (or type) instead of by position.
 */
export function readActivityDraft(
  value: unknown,
  fallback: { system: string; occurredAt: string | null },
): DraftResult {
  if (!isMembers(value)) return { ok: false, place: '', reason: `expected an activity, got ${quoted(value)}` };
  const type = value.type;
  if (typeof type !== 'string' || !isActivityType(type)) {
    return { ok: false, place: '/type', reason: `${quoted(type)} is not <object-type>.<past participle>` };
  }
  const occurredAt = value.occurredAt ?? fallback.occurredAt;
  if (typeof occurredAt !== 'string' || !isCanonicalInstant(occurredAt)) {
    return {
      ok: false,
      place: '/occurredAt',
      reason: `no time of what happened: got ${quoted(occurredAt)}; use $instant(…)`,
    };
  }
  const { objects, positions } = keptObjects(value.objects);
  const parsed = parseFinanceEventData({
    system: value.system ?? fallback.system,
    integration: value.integration,
    outcome: value.outcome,
    objects,
    links: asList(value.links).flatMap((link) => resolvedLink(link, positions)),
    problem: value.problem,
  });
  if (!parsed.ok)
    return { ok: false, place: placeOf(parsed.reasons[0]), reason: parsed.reasons.slice(0, 5).join('; ') };
  const text = (name: string): string | undefined => {
    const member = value[name];
    return typeof member === 'string' && member.trim() !== '' ? member.trim() : undefined;
  };
  const [runKey, requeueId, traceparent] = [text('runKey'), text('requeueId'), text('traceparent')];
  return {
    ok: true,
    draft: {
      type,
      occurredAt,
      data: parsed.value,
      ...(runKey !== undefined && { runKey }),
      ...(requeueId !== undefined && { requeueId }),
      ...(traceparent !== undefined && { traceparent }),
    },
  };
}

function keptObjects(value: unknown): { objects: unknown[]; positions: Map<string, number> } {
  const objects: unknown[] = [];
  const positions = new Map<string, number>();
  for (const [index, item] of asList(value).entries()) {
    if (!isMembers(item)) {
      objects.push(item);
      continue;
    }
    const keys = asList(item.keys).filter(hasValue);
    if (keys.length === 0 && index > 0) continue;
    const { ref, attributes, ...facts } = item;
    const name = typeof ref === 'string' ? ref : item.type;
    if (typeof name === 'string' && !positions.has(name)) positions.set(name, objects.length);
    objects.push({ ...facts, keys, ...(isMembers(attributes) && { attributes: texts(attributes) }) });
  }
  return { objects, positions };
}

function hasValue(key: unknown): boolean {
  return !isMembers(key) || (key.value !== undefined && key.value !== null && String(key.value).trim() !== '');
}

function texts(attributes: Members): Members {
  const kept = Object.entries(attributes).filter(
    ([, value]) => value !== null && value !== '' && typeof value !== 'object',
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

function resolvedLink(link: unknown, positions: ReadonlyMap<string, number>): unknown[] {
  if (!isMembers(link)) return [link];
  const end = (value: unknown): unknown => (typeof value === 'string' ? positions.get(value) : value);
  const [from, to] = [end(link.from), end(link.to)];
  // An end that was left out for want of a key takes its link with it.
  return from === undefined || to === undefined ? [] : [{ ...link, from, to }];
}

function placeOf(reason: string | undefined): string {
  return /^(\/[^:\s]*):/.exec(reason ?? '')?.[1] ?? '';
}
