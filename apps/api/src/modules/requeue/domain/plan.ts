import { orderOf } from './order.js';
import { whyLeftOut, type InSpiteOf, type LeftOut, type LeftOutCode, type Sendable } from './left-out.js';

export type Candidate = Sendable & {
  /** Exceptions before it in the lineage that are failures to be sent again themselves. */
  before: readonly BlockingException[];
};

/** An open failure before another one. */
export type BlockingException = { exceptionId: string; title: string; isUnderWay: boolean };

export type PlanItem = {
  exceptionId: string;
  integration: string | null;
  objectKey: string;
  willSend: boolean;
  code: LeftOutCode | null;
  reason: string | null;
  /** Exceptions that go before it: it is sent when they are solved. */
  after: readonly string[];
};

/** Whether one could go if it were alone. */
export type JudgedItem = {
  exceptionId: string;
  objectId: string;
  objectKey: string;
  /** Empty = none failed. */
  integration: string;
  refusal: LeftOut | null;
  before: readonly BlockingException[];
};

/**
 * What would be sent and what is left out and why, in the order asked. One object goes through one integration once at a time: where
 * several exceptions of a selection share both, the first is sent, which serves them all. What is stuck behind a failure that is
 * neither sent with it nor on its way is left out, unless it is asked for in spite of that.
 */
export function planRequeue(candidates: readonly Candidate[], wish: InSpiteOf, now: Date): PlanItem[] {
  return settlePlan(
    candidates.map((candidate) => judgeAlone(candidate, wish, now)),
    wish,
  );
}

/** What is decided of each by itself: of a large selection slice by slice. */
export function judgeAlone(candidate: Candidate, wish: InSpiteOf, now: Date): JudgedItem {
  const { exceptionId, objectId, objectKey, integration } = candidate.exception;
  const refusal = whyLeftOut(candidate, wish, now);
  return { exceptionId, objectId, objectKey, integration, refusal, before: candidate.before };
}

/** What hangs on the whole of a selection. */
export function settlePlan(judged: readonly JudgedItem[], wish: InSpiteOf): PlanItem[] {
  let items = oncePerObject(judged);
  if (wish.predecessors !== true) {
    items = withoutBlocked(items, judged);
  }
  const sent = items.filter((item) => item.willSend).map((item) => item.exceptionId);
  const before = new Map(judged.map((one) => [one.exceptionId, one.before.map((first) => first.exceptionId)]));
  const underWay = judged.flatMap((one) =>
    one.before.filter((first) => first.isUnderWay).map((first) => first.exceptionId),
  );
  const order = orderOf([...new Set([...sent, ...underWay])], before);
  return items.map((item) => (item.willSend ? { ...item, after: order.get(item.exceptionId) ?? [] } : item));
}

/** Leaves out what is stuck behind something that does not go; what stands behind that in turn as well. */
function withoutBlocked(planned: readonly PlanItem[], judged: readonly JudgedItem[]): PlanItem[] {
  const before = new Map(judged.map((one) => [one.exceptionId, one.before]));
  const stands = (first: string, second: string) =>
    before.get(second)?.some((one) => one.exceptionId === first) ?? false;
  let items = [...planned];
  for (let isChanging = true; isChanging;) {
    // what goes with another exception of its object is as good as sent
    const going = new Set(
      items.filter((item) => item.willSend || item.code === 'OBJECT_IN_SELECTION').map((item) => item.exceptionId),
    );
    items = items.map((item) => {
      const blocking = !item.willSend
        ? undefined
        : before
            .get(item.exceptionId)
            ?.find(
              ({ exceptionId, isUnderWay }) =>
                !isUnderWay && !going.has(exceptionId) && !stands(item.exceptionId, exceptionId),
            );
      return blocking === undefined ? item : { ...item, willSend: false, ...blockedBy(blocking) };
    });
    isChanging = items.some((item) => item.code === 'BLOCKED_BY_PREDECESSOR' && going.has(item.exceptionId));
  }
  return items;
}

/** Why an item that was to go does not: what came before it since it was planned is stuck, and does not go with it. */
export function blockedSince(
  before: readonly BlockingException[],
  planned: readonly BlockingException[],
  going: ReadonlySet<string>,
): LeftOut | null {
  const isPlanned = new Set(planned.map(({ exceptionId }) => exceptionId));
  const blocking = before.find(
    ({ exceptionId, isUnderWay }) => !isUnderWay && !isPlanned.has(exceptionId) && !going.has(exceptionId),
  );
  return blocking === undefined ? null : blockedBy(blocking);
}

function blockedBy({ title }: BlockingException): LeftOut {
  return {
    code: 'BLOCKED_BY_PREDECESSOR',
    reason: `Before it comes ${title}, which is stuck as well: send that first, or both together.`,
  };
}

const SAME_OBJECT: LeftOut = {
  code: 'OBJECT_IN_SELECTION',
  reason: 'The same object goes through the same integration with another exception of this selection.',
};

function oncePerObject(judged: readonly JudgedItem[]): PlanItem[] {
  const taken = new Set<string>();
  return judged.map(({ exceptionId, objectId, objectKey, integration, refusal: own }) => {
    const lane = `${objectId} ${integration}`;
    const refusal = own ?? (taken.has(lane) ? SAME_OBJECT : null);
    if (refusal === null) {
      taken.add(lane);
    }
    return {
      exceptionId,
      integration: integration === '' ? null : integration,
      objectKey,
      willSend: refusal === null,
      code: refusal?.code ?? null,
      reason: refusal?.reason ?? null,
      after: [],
    };
  });
}
