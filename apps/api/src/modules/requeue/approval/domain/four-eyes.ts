import type { RequeueMode } from '@throughline/contracts';
import type { Role } from '../../../identity/index.js';
import { needsTreasury } from '../../domain/hard-rules.js';

/** What is done with what was frozen; further kinds ask through the same rules. */
export const REQUEUE_ACTIONS = ['resend', 'compensate', 'remap', 'rebuild'] as const;

export type RequeueAction = (typeof REQUEUE_ACTIONS)[number];

/** What changes lineage and sends nothing. */
export const LINEAGE_ACTIONS: ReadonlySet<RequeueAction> = new Set(['remap', 'rebuild']);

/** When a second person has to approve. All that is stated has to fit; a rule without conditions fits always. */
export type FourEyesRule = {
  name: string;
  title: string;
  when: {
    /** Cents of the reporting currency, each object counted once. */
    fromMinor: bigint | null;
    fromCount: number | null;
    legalEntities: readonly string[] | null;
    integrations: readonly string[] | null;
    objectTypes: readonly string[] | null;
    actions: readonly RequeueAction[] | null;
    /** Of what is sent again: which payload of it. */
    modes?: readonly RequeueMode[] | null;
    /** Of what changes lineage: so many activities, or documents of a closed period. */
    fromActivities?: number | null;
    closedPeriods?: boolean;
  };
  /** The maker counts as one. */
  people: number;
  /** One of them has it. */
  role: Role | null;
  /** Nobody approves who has touched the objects of that lineage. */
  excludesTouchers: boolean;
};

/** Items of a request that are alike as far as rules look at them. */
export type SubjectPart = {
  /** An object of which several items are asked for; null = each of the items has its own. */
  objectId: string | null;
  legalEntity: string | null;
  /** Null = nobody can tell: then it fits rules for any. */
  integration: string | null;
  objectType: string;
  count: number;
  /** Cents of the reporting currency; what nobody can tell is not in it. */
  reportingMinor: bigint;
  isMoneyUnknown: boolean;
  /** Something of it is an order to pay by its form, whatever the object is called. */
  movesMoney?: boolean;
  /** Nobody can tell of which entity or kind it is: it fits rules for any. */
  isAny?: boolean;
};

export type ApprovalSubject = {
  action: RequeueAction;
  /** Of what is sent again. */
  mode?: RequeueMode;
  parts: readonly SubjectPart[];
  /** Of what changes lineage. */
  activities?: number;
  hasClosedPeriods?: boolean;
};

/** A rule that asks, as it is told. */
export type AskingRule = { name: string; title: string };

/** What has to be approved before anything goes out. */
export type NeededApproval = {
  /** Besides the maker. */
  approvals: number;
  /** The maker or one of those who approve has each of them. */
  roles: readonly Role[];
  excludesTouchers: boolean;
  /** Nothing sets it aside, also no emergency. */
  isHard: boolean;
  rules: readonly AskingRule[];
};

const MOVES_MONEY: AskingRule = {
  name: 'moves-money',
  title: 'It moves money: two people, one of them from treasury',
};

/** What the rules, and the one that no rule can change, ask of a request; null = nobody has to approve it. */
export function neededApproval(rules: readonly FourEyesRule[], subject: ApprovalSubject): NeededApproval | null {
  const asking = rulesThatAsk(rules, subject);
  // what changes lineage sends nothing, so it moves no money
  const sends = !LINEAGE_ACTIONS.has(subject.action);
  const isHard =
    sends && subject.parts.some(({ objectType, movesMoney }) => needsTreasury(objectType) || movesMoney === true);
  if (asking.length === 0 && !isHard) return null;
  const roles = new Set(asking.flatMap(({ role }) => (role === null ? [] : [role])));
  if (isHard) roles.add('treasurer');
  return {
    approvals: Math.max(1, ...asking.map(({ people }) => people - 1)),
    roles: [...roles],
    excludesTouchers: asking.some(({ excludesTouchers }) => excludesTouchers),
    isHard,
    rules: [...(isHard ? [MOVES_MONEY] : []), ...asking.map(({ name, title }) => ({ name, title }))],
  };
}

/** Money that nobody can put a figure on is over the lowest amount that a rule names, and no other. */
function rulesThatAsk(rules: readonly FourEyesRule[], subject: ApprovalSubject): FourEyesRule[] {
  const { action, parts } = subject;
  const fitting = rules
    .filter(
      ({ when }) =>
        (when.actions === null || when.actions.includes(action)) &&
        fitsMode(when, subject) &&
        fitsLineage(when, subject),
    )
    .map((rule) => ({ rule, parts: parts.filter((part) => isAbout(rule, part)) }))
    .filter(({ rule, parts: concerned }) => {
      const count = concerned.reduce((sum, part) => sum + part.count, 0);
      return count > 0 && (rule.when.fromCount === null || count >= rule.when.fromCount);
    });
  const ofUnknown = fitting
    .filter(
      ({ rule, parts: concerned }) => rule.when.fromMinor !== null && concerned.some((part) => part.isMoneyUnknown),
    )
    .reduce<bigint | null>((lowest, { rule }) => lowerOf(lowest, rule.when.fromMinor), null);
  return fitting
    .filter(({ rule: { when }, parts: concerned }) => {
      if (when.fromMinor === null) return true;
      return (
        reportingSum(concerned) >= when.fromMinor ||
        (concerned.some((part) => part.isMoneyUnknown) && when.fromMinor === ofUnknown)
      );
    })
    .map(({ rule }) => rule);
}

/** Cents of these parts: an object counts once, with the most that is told of it. */
export function reportingSum(parts: readonly SubjectPart[]): bigint {
  const objects = new Map<string, bigint>();
  let sum = 0n;
  for (const { objectId, reportingMinor } of parts) {
    const counted = objectId === null ? 0n : (objects.get(objectId) ?? 0n);
    if (reportingMinor <= counted) continue;
    sum += reportingMinor - counted;
    if (objectId !== null) objects.set(objectId, reportingMinor);
  }
  return sum;
}

/** What takes no payload again is sent in no mode. */
function fitsMode({ modes = null }: FourEyesRule['when'], { action, mode = 'as-is' }: ApprovalSubject): boolean {
  return modes === null || (action === 'resend' && modes.includes(mode));
}

function fitsLineage(
  { fromActivities, closedPeriods }: FourEyesRule['when'],
  { activities = 0, hasClosedPeriods = false }: ApprovalSubject,
): boolean {
  return activities >= (fromActivities ?? 0) && (closedPeriods !== true || hasClosedPeriods);
}

/**
 * The rules for an action. What changes lineage asks nobody by the definition of a tenant that was written before there was such a
 * rule: then those that are shipped for it count.
 */
export function rulesFor(
  rules: readonly FourEyesRule[],
  shipped: readonly FourEyesRule[],
  action: RequeueAction,
): readonly FourEyesRule[] {
  const names = ({ when }: FourEyesRule) => when.actions?.includes(action) === true;
  if (!LINEAGE_ACTIONS.has(action) || rules.some(names)) return rules;
  return [...rules, ...shipped.filter(names)];
}

function isAbout({ when }: FourEyesRule, part: SubjectPart): boolean {
  if (part.isAny === true) return true;
  return (
    (when.legalEntities === null || isOf(when.legalEntities, part)) &&
    (when.integrations === null || part.integration === null || when.integrations.includes(part.integration)) &&
    (when.objectTypes === null || when.objectTypes.includes(part.objectType))
  );
}

/** A document whose entity nobody knows may be of any; what is no document is of none. */
function isOf(legalEntities: readonly string[], { legalEntity, objectType }: SubjectPart): boolean {
  return legalEntity === null ? objectType !== '' : legalEntities.includes(legalEntity);
}

function lowerOf(left: bigint | null, right: bigint | null): bigint | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}
