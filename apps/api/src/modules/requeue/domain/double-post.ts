/** A document that an activity names. */
export type MadeDocument = { objectId: string; type: string; key: string };

/** An attempt as far as others of its exception are looked at beside it. */
export type Sent = {
  attemptId: string;
  exceptionId: string;
  integration: string;
  action: string;
  /** From 1. */
  attempt: number;
  state: string;
};

/** What a run that names a request did at the object of one attempt. */
export type Made = { activityId: string; activityType: string; documents: readonly MadeDocument[] };

/** Documents of one kind of which there should be one. */
export type DoublePost = { type: string; documents: MadeDocument[] };

/**
 * What an attempt made, behind what earlier ones of its exception made that were taken for not applied, and were after all. After one
 * that was verified another failure came: what that made stands by itself. Nothing where the attempt itself made nothing.
 */
export function madeBeside<M extends Made & { attemptId: string; integration: string }>(
  attempt: Sent,
  attempts: readonly Sent[],
  made: readonly M[],
): M[] {
  // what follows further downstream may rightly be several
  const madeBy = (one: Sent) =>
    made.filter(({ attemptId, integration }) => attemptId === one.attemptId && integration === one.integration);
  const own = madeBy(attempt);
  const isBeside = (one: Sent) =>
    one.exceptionId === attempt.exceptionId &&
    one.integration === attempt.integration &&
    one.attempt < attempt.attempt &&
    one.state !== 'VERIFIED' &&
    [one.action, attempt.action].every((action) => action === 'requeue');
  return own.length === 0 ? [] : [...attempts.filter(isBeside).flatMap(madeBy), ...own];
}

/**
 * Documents that one send made twice: two activities of one kind name different documents of one type.
 *
 *     send ──► posted: journal entry 4711        one send, two entries
 *        └───► posted: journal entry 4712
 *
 * The same activity told twice names the same document, and one activity may make several.
 */
export function doublePosts(made: readonly Made[]): DoublePost[] {
  const found = new Map<string, Map<string, MadeDocument>>();
  for (const [index, first] of made.entries()) {
    for (const second of made.slice(index + 1)) {
      if (first.activityType !== second.activityType || first.activityId === second.activityId) continue;
      for (const type of new Set(first.documents.map((document) => document.type))) {
        const [ofFirst, ofSecond] = [first, second].map(({ documents }) =>
          documents.filter((one) => one.type === type),
        );
        if (!ofFirst || !ofSecond || ofSecond.length === 0) continue;
        if (ofFirst.some((one) => ofSecond.some((other) => other.objectId === one.objectId))) continue;
        const documents = found.get(type) ?? new Map<string, MadeDocument>();
        for (const one of [...ofFirst, ...ofSecond]) documents.set(one.objectId, one);
        found.set(type, documents);
      }
    }
  }
  return [...found].map(([type, documents]) => ({
    type,
    documents: [...documents.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  }));
}
