import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import type { Operation } from '../../../graphql/operation.js';
import {
  endingsOf,
  FIX_SCOPES,
  latestCases,
  scopesToTell,
  summarizeFixes,
  verdictOf,
  type Ending,
  type FixScope,
  type FixSummary,
} from '../domain/fixes.js';
import { readExceptions, visibleText } from '../exception-reader.js';
import {
  findPastCases,
  findPastEvents,
  findSimilarOpen,
  MOST_PAST,
  type Problem,
  type SimilarOpen,
} from './fixes.repository.js';
import type { ExceptionFixesType, FixLevelType } from './graphql/fix.types.js';

/** So many problems are looked up at once: each of them reads hundreds of past cases. */
const MOST_AT_ONCE = 20;

/** What is known of one problem: the ends by how close they are, and what is open. */
type Known = { endings: Record<FixScope, Ending[]>; isCut: Record<FixScope, boolean>; similar: SimilarOpen };

/** What solved a problem before; read with others of the operation. */
export async function readFixes(operation: Operation, problem: Problem): Promise<ExceptionFixesType> {
  const loader = operation.loader<string, Known>('fixes', (tx, keys) =>
    learnFixes(
      tx,
      keys.map((key) => JSON.parse(key) as Problem),
    ),
  );
  const { groupId, taxonomy, hop, except } = problem;
  const known = await loader.load(JSON.stringify({ groupId, taxonomy, hop, except } satisfies Problem));
  if (known === null) throw new Error(`nothing was looked up for the group ${groupId}`);
  const { endings, isCut } = known;
  const { exceptionIds, ...similar } = known.similar;
  return {
    levels: scopesToTell(endings).map((scope) => ({
      scope,
      isCut: isCut[scope],
      ...toLevel(operation, summarizeFixes(endings[scope], operation.now())),
    })),
    similarOpen: { ...similar, exceptions: await readExceptions(operation, exceptionIds) },
  };
}

/** What is known of problems, for all of them at once. */
export async function learnFixes(tx: Tx, problems: readonly Problem[]): Promise<Known[]> {
  if (problems.length > MOST_AT_ONCE) {
    throw new CodedError('INVALID_INPUT', `fixes may be asked for at most ${MOST_AT_ONCE} problems at once`);
  }
  const cases = await findPastCases(tx, problems);
  const ids = new Set(cases.flatMap((found) => found.map(({ exceptionId }) => exceptionId)));
  const events = await findPastEvents(tx, [...ids]);
  const similar = await findSimilarOpen(tx, problems);
  return cases.map((found, place) => {
    const latest = byScope((scope) =>
      latestCases(
        found.filter((one) => one.scope === scope),
        MOST_PAST,
      ),
    );
    return {
      endings: byScope((scope) => {
        const { kept, since } = latest[scope];
        return kept.flatMap(({ exceptionId, objectType, objectKey, openedAt, resolvedAt }) =>
          endingsOf({ exceptionId, objectType, objectKey, openedAt }, events.get(exceptionId) ?? []).filter(
            ({ endedAt }) => resolvedAt !== null || since === null || endedAt >= since,
          ),
        );
      }),
      isCut: byScope((scope) => latest[scope].isCut),
      similar: similar[place]!,
    };
  });
}

function byScope<T>(of: (scope: FixScope) => T): Record<FixScope, T> {
  return Object.fromEntries(FIX_SCOPES.map((scope) => [scope, of(scope)])) as Record<FixScope, T>;
}

function toLevel(
  operation: Operation,
  { medianMs, ways, latest, ...told }: FixSummary,
): Omit<FixLevelType, 'scope' | 'isCut'> {
  const now = operation.now();
  const seen = (text: string | null) => text && visibleText(text, operation.viewer);
  return {
    ...told,
    medianSeconds: secondsOf(medianMs),
    ways: ways.map((way) => ({ ...way, medianSeconds: secondsOf(way.medianMs) })),
    acts: told.acts.map((done) => ({ ...done, what: seen(done.what) })),
    latest: latest.map((ending) => ({ ...ending, note: seen(ending.note), verdict: verdictOf(ending, now) })),
  };
}

function secondsOf(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 1000);
}
