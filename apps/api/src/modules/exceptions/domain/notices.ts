import { isOpen, type ExceptionState } from './life-cycle.js';
import { PRIORITY_BANDS, type PriorityBand } from './priority.js';
import type { Mention } from './mentions.js';

export const NOTICE_KINDS = [
  'mentioned',
  'assigned',
  'approval-asked',
  'approval-decided',
  'reopened',
  'escalated',
  'state-changed',
  'group-assigned',
  'group-recurred',
  'group-set-aside',
  'review-overdue',
  'run-stopped',
] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What of an exception tells whether somebody should hear of a change. */
export type Told = {
  exceptionId: string;
  title: string;
  state: ExceptionState;
  resolution: string | null;
  ownerId: string | null;
  priorityBand: PriorityBand;
  statedBand: PriorityBand | null;
};

/** One step of one exception: its kind and details as the timeline has them. */
export type Happening = { before: Told; after: Told; kind: string; details: Readonly<Record<string, unknown>> };

/** Who may have to hear of it, besides those whom the step itself names. */
export type Audience = {
  /** Per exception those who watch it. */
  watchers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Per exception those who want to hear no more of it. */
  muted: ReadonlyMap<string, ReadonlySet<string>>;
  /** Who may decide on closing without correction. */
  approvers: readonly string[];
  /** Who may decide on sending again. */
  requeueApprovers: readonly string[];
};

/** Something that one person is to hear. */
export type Notice = {
  personId: string;
  kind: NoticeKind;
  /** Null = it is about a group as a whole. */
  exceptionId: string | null;
  title: string;
  details: Record<string, unknown>;
  /** Whoever asked for what is to be approved: never among those who decide on it. */
  makerId?: string;
  /** Whoever let go what is to be reviewed: never among those who review it. */
  letGoById?: string | undefined;
};

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Who hears what of a step; never whoever did it, and each person one thing, the first that fits: called by name, given the
 * exception, asked to approve, answered, brought what is overdue in the queue that they lead, or told of a change of what they watch
 * or own. Who turned it off hears only what is said to them.
 */
export function noticesOf(happening: Happening, audience: Audience, actorId: string): Notice[] {
  const { after, details } = happening;
  const notices = new Map<string, Notice>();
  const tell = (personId: unknown, kind: NoticeKind, more: Record<string, unknown>, makerId?: string) => {
    if (typeof personId !== 'string' || personId === actorId || notices.has(personId)) return;
    const { exceptionId, title } = after;
    notices.set(personId, {
      personId,
      kind,
      exceptionId,
      title,
      details: more,
      ...(makerId !== undefined && { makerId }),
    });
  };
  for (const { personId } of mentionsOf(details)) tell(personId, 'mentioned', { text: beginningOf(details['text']) });
  // it is brought to whoever leads the queue, also to who would rather not hear of it
  if (happening.kind === 'escalated') tell(details['leadId'], 'escalated', overdueOf(details));
  if (happening.kind === 'assigned') tell(details['ownerId'], 'assigned', {});
  if (happening.kind === 'acceptance-requested') {
    const { reason, comment } = details;
    for (const id of audience.approvers) tell(id, 'approval-asked', { reason, comment: beginningOf(comment) }, actorId);
  }
  if (happening.kind === REQUEUE_ASKED) {
    const { reason, requestId } = details;
    for (const id of audience.requeueApprovers) tell(id, 'approval-asked', { reason, requestId }, actorId);
  }
  const decision = DECISIONS[happening.kind];
  if (decision !== undefined && typeof details['makerId'] === 'string') {
    const { decisionReason, requestId } = details;
    const ofRequest = typeof requestId === 'string' ? { requestId } : {};
    tell(details['makerId'], 'approval-decided', { decision, reason: decisionReason, ...ofRequest });
  }
  const change = changeOf(happening);
  if (change !== null) {
    const muted = audience.muted.get(after.exceptionId) ?? NOBODY;
    const interested = [...(audience.watchers.get(after.exceptionId) ?? NOBODY), after.ownerId];
    for (const id of interested) {
      if (id !== null && !muted.has(id)) tell(id, change.kind, change.details);
    }
  }
  return [...notices.values()];
}

/** Whether a step may tell somebody anything: what may not needs no look for who watches. */
export function isTellable(happening: Happening): boolean {
  const { kind, details } = happening;
  return (
    kind === 'assigned' ||
    kind === 'acceptance-requested' ||
    kind === REQUEUE_ASKED ||
    kind in DECISIONS ||
    mentionsOf(details).length > 0 ||
    changeOf(happening) !== null
  );
}

const REQUEUE_ASKED = 'requeue-approval-requested';

const DECISIONS: Readonly<Record<string, string>> = {
  accepted: 'approved',
  'acceptance-rejected': 'rejected',
  'acceptance-expired': 'expired',
  'requeue-approved': 'approved',
  'requeue-rejected': 'rejected',
  'requeue-expired': 'expired',
  'requeue-break-glass': 'released in an emergency',
};

function changeOf(happening: Happening): { kind: NoticeKind; details: Record<string, unknown> } | null {
  const { before, after, kind } = happening;
  if (kind === 'escalated') return { kind, details: overdueOf(happening.details) };
  if (before.state !== after.state) {
    const { state, resolution } = after;
    const isBack = kind === 'reopened' || (!isOpen(before.state) && isOpen(after.state));
    return { kind: isBack ? 'reopened' : 'state-changed', details: { state, resolution } };
  }
  const [from, to] = [bandOf(before), bandOf(after)];
  return isOpen(after.state) && PRIORITY_BANDS.indexOf(to) < PRIORITY_BANDS.indexOf(from)
    ? { kind: 'escalated', details: { from, to } }
    : null;
}

/** Which clock ran out, and when: the step of the timeline tells more. */
function overdueOf({ clock, dueAt }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { clock, dueAt };
}

function bandOf({ statedBand, priorityBand }: Told): PriorityBand {
  return statedBand ?? priorityBand;
}

function mentionsOf(details: Readonly<Record<string, unknown>>): readonly Mention[] {
  const { mentions } = details;
  return Array.isArray(mentions) ? (mentions as Mention[]) : [];
}

/** Characters of a text that a notification repeats. */
const EXCERPT = 200;

function beginningOf(text: unknown): string {
  const words = typeof text === 'string' ? text.replace(/\s+/g, ' ') : '';
  return words.length > EXCERPT ? `${words.slice(0, EXCERPT - 1)}…` : words;
}

/** What one person hears of one act: how many exceptions it is about, and the first of them. */
export type Notification = Omit<Notice, 'exceptionId' | 'makerId' | 'letGoById'> & {
  exceptionIds: string[];
  count: number;
  /** Whom the person stands in for; null = it is theirs. */
  forPersonId: string | null;
};

/** Ids that a notification keeps; its count tells of all. */
export const MOST_NAMED = 200;

/** One notification per person, kind and group for what an act told many times: "120 exceptions were assigned to you". */
export function gather(notices: readonly (Notice & { forPersonId: string | null })[]): Notification[] {
  const gathered = new Map<string, Notification>();
  for (const { personId, kind, exceptionId, title, details, forPersonId } of notices) {
    const key = JSON.stringify([personId, kind, forPersonId, details['groupId']]);
    const known = gathered.get(key);
    if (known === undefined) {
      const exceptionIds = exceptionId === null ? [] : [exceptionId];
      gathered.set(key, { personId, kind, title, details, forPersonId, exceptionIds, count: exceptionIds.length });
    } else if (exceptionId !== null) {
      known.count += 1;
      if (known.exceptionIds.length < MOST_NAMED) known.exceptionIds.push(exceptionId);
    }
  }
  return [...gathered.values()];
}

/** Who stands in for a person who is away, for such a notice; null = the person is there, or nobody does. */
export type DeputyOf = (personId: string, notice: Pick<Notice, 'kind' | 'details'>) => string | null;

/**
 * The notices, each once, and their copies for deputies. A deputy who did it himself, or hears it anyway, gets no copy; what one asked for
 * oneself is never brought to oneself for approval, whomever one stands in for.
 */
export function withDeputies(
  notices: readonly Notice[],
  deputyOf: DeputyOf,
  actorId: string,
): (Notice & { forPersonId: string | null })[] {
  const keyOf = (personId: string, { exceptionId, kind, details }: Notice) =>
    JSON.stringify([personId, kind, exceptionId, details['groupId']]);
  const heard = new Set<string>();
  // both clocks of one exception may run out at once
  const own = notices.filter((notice) => {
    const key = keyOf(notice.personId, notice);
    return heard.has(key) ? false : heard.add(key);
  });
  const copies = own.flatMap((notice) => {
    const deputyId = deputyOf(notice.personId, notice);
    if (deputyId === null || [actorId, notice.makerId, notice.letGoById].includes(deputyId)) return [];
    const key = keyOf(deputyId, notice);
    if (heard.has(key)) return [];
    heard.add(key);
    return [{ ...notice, personId: deputyId, forPersonId: notice.personId }];
  });
  return [...own.map((notice) => ({ ...notice, forPersonId: null })), ...copies];
}
