import {
  describeTaxonomy,
  isActivityType,
  isCanonicalInstant,
  isUsableAliasValue,
  parseFinanceEventData,
  quoted,
  toStorableText,
  type FinanceEventData,
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

const LONGEST_NAME = 256;
const LONGEST_ATTRIBUTE = 4_000;

/** A JSONata sequence of one is the value itself. */
function asList(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/**
 * Checks what a rule made. For the writers of rules it is lenient: a key whose value is absent or a placeholder is left
 * out; an object that has no key left is left out (except the first, the subject) together with its links; links name
 * objects by their `ref` (or type) instead of by position; numbers count as texts, over-long texts are cut, and a problem
 * without message has the title of its code.
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
    integration: nameOf(value.integration),
    outcome: value.outcome,
    objects,
    links: asList(value.links).flatMap((link) => resolvedLink(link, positions)),
    problem: problemOf(value.problem),
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
  const seen = new Map<string, number>();
  for (const [index, item] of asList(value).entries()) {
    if (!isMembers(item)) {
      objects.push(item);
      continue;
    }
    const keys = asList(item.keys).flatMap(usableKey);
    if (keys.length === 0 && index > 0) continue;
    const { ref, attributes, legalEntity, counterparty, ...facts } = item;
    const name = typeof ref === 'string' ? ref : item.type;
    // Named twice, by its tracking id and by a member: one object.
    const identity = JSON.stringify([item.type, keys]);
    const earlier = seen.get(identity);
    if (earlier !== undefined) {
      if (typeof name === 'string' && !positions.has(name)) positions.set(name, earlier);
      continue;
    }
    seen.set(identity, objects.length);
    if (typeof name === 'string' && !positions.has(name)) positions.set(name, objects.length);
    objects.push({
      ...facts,
      keys,
      legalEntity: nameOf(legalEntity),
      counterparty: nameOf(counterparty),
      ...withAttributes(attributes),
    });
  }
  return { objects, positions };
}

function withAttributes(attributes: unknown): { attributes?: Members } {
  const kept = isMembers(attributes) ? texts(attributes) : {};
  return Object.keys(kept).length === 0 ? {} : { attributes: kept };
}

/** Keys as text; one whose value is absent or identifies nothing (0000, NOTPROVIDED) is left out. */
function usableKey(key: unknown): unknown[] {
  if (!isMembers(key)) return [key];
  const value = scalarText(key.value);
  if (value === undefined || !isUsableAliasValue(value)) return [];
  return [{ ...key, value, ...(key.scope !== undefined && { scope: nameOf(key.scope) }) }];
}

function scalarText(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  return toStorableText(String(value)).trim();
}

function nameOf(value: unknown): string | undefined {
  const text = scalarText(value)?.slice(0, LONGEST_NAME).trim();
  return text === '' ? undefined : text;
}

function texts(members: Members): Members {
  const kept = Object.entries(members).flatMap(([name, value]) => {
    const text = scalarText(value);
    return text === undefined || text === '' ? [] : [[name, text.slice(0, LONGEST_ATTRIBUTE)]];
  });
  return Object.fromEntries(kept) as Members;
}

function problemOf(value: unknown): unknown {
  if (!isMembers(value)) return value;
  const message = scalarText(value.message);
  return {
    ...value,
    ...(isMembers(value.discriminators) && { discriminators: texts(value.discriminators) }),
    ...(value.field !== undefined && { field: nameOf(value.field) }),
    message: message !== undefined && message !== '' ? message : describeTaxonomy(String(value.code)).title,
  };
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
