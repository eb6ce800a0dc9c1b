import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BATCH, type FindingKind, type Projection } from '@throughline/lineage';
import { type RandomHistory, randomHistory } from './random-history.js';
import { HISTORY_TERMS } from './testing/expect-permutable.js';
import { type Outcome, outcomeOf } from './testing/permute-history.js';

jest.setTimeout(120_000);

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1);

let played: { history: RandomHistory; outcome: Outcome }[];
beforeAll(() => {
  played = SEEDS.map((seed) => {
    const history = randomHistory(HISTORY_TERMS.workflows, seed);
    return { history, outcome: outcomeOf(history, HISTORY_TERMS) };
  });
});

/** Rows of which one key occurs more than once. */
function hasShared<T>(rows: readonly T[], keyOf: (row: T) => string): boolean {
  return new Set(rows.map(keyOf)).size < rows.length;
}

const flow = ({ links }: Projection) => links.filter(({ isContext }) => !isContext);
const has = (kind: FindingKind) => (outcome: Outcome) => outcome.findings.some((finding) => finding.kind === kind);

describe('random histories', () => {
  it('are the same for the same seed, and others for others', () => {
    const [one, same, other] = [7, 7, 8].map((seed) => JSON.stringify(randomHistory(HISTORY_TERMS.workflows, seed)));
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('are of 10 to 80 activities, half of them of more than 30', () => {
    const sizes = played.map(({ history }) => history.activities.length).sort((left, right) => left - right);
    expect(sizes[0]).toBeGreaterThanOrEqual(10);
    expect(sizes.at(-1)).toBeLessThanOrEqual(80);
    expect(sizes[sizes.length / 2]).toBeGreaterThan(30);
  });

  it('are of every workflow', () => {
    const seen = new Set(played.flatMap(({ outcome }) => outcome.transactions.map(({ workflow }) => workflow)));
    expect([...seen].sort()).toEqual(HISTORY_TERMS.workflows.map(({ name }) => name).sort());
  });

  it.each<{ name: string; least: number; of: (outcome: Outcome) => boolean }>([
    {
      name: 'several workflows at once',
      least: 0.6,
      of: ({ transactions }) => new Set(transactions.map(({ workflow }) => workflow)).size > 1,
    },
    { name: 'a transaction under way', least: 0.7, of: hasProgress('running') },
    { name: 'a completed one', least: 0.4, of: hasProgress('completed') },
    { name: 'a cancelled one', least: 0.2, of: hasProgress('cancelled') },
    { name: 'a due time', least: 0.8, of: ({ milestones }) => milestones.some(({ dueAt }) => dueAt !== null) },
    {
      name: 'an optional step that was skipped',
      least: 0.15,
      of: ({ milestones }) => milestones.some(({ reachedAt, reachedBy }) => reachedAt === null && reachedBy !== null),
    },
    {
      name: 'a problem that is overcome',
      least: 0.3,
      of: ({ problems }) => problems.some(({ clearedAt }) => clearedAt !== null),
    },
    {
      name: 'one that is not',
      least: 0.4,
      of: ({ problems }) => problems.some(({ clearedAt }) => clearedAt === null),
    },
    {
      name: 'one that occurred more than once',
      least: 0.3,
      of: ({ problems }) => problems.some(({ occurrences }) => occurrences > 1),
    },
    { name: 'an object of several names', least: 0.9, of: ({ aliases }) => hasShared(aliases, (row) => row.objectId) },
    {
      name: 'an object known by reference alone',
      least: 0.6,
      of: ({ objects }) => objects.some(({ isPlaceholder }) => isPlaceholder),
    },
    { name: 'a split', least: 0.5, of: (outcome) => hasShared(flow(outcome), (link) => link.fromObjectId) },
    { name: 'a joining', least: 0.5, of: (outcome) => hasShared(flow(outcome), (link) => link.toObjectId) },
    { name: 'a hub', least: 0.35, of: ({ transactionObjects }) => transactionObjects.some(({ isHub }) => isHub) },
    { name: 'a hub of several transactions', least: 0.1, of: hasSharedObject(true) },
    { name: 'a document in several transactions', least: 0.12, of: hasSharedObject(false) },
    { name: 'money that flows', least: 0.6, of: hasFlowingMoney },
    {
      name: 'money that is missing',
      least: 0.2,
      of: ({ balances }) => balances.some(({ sides }) => sides.some(({ isBreak }) => isBreak)),
    },
    { name: 'money that was taken back', least: 0.3, of: ({ balances }) => balances.some(isTakenBack) },
    { name: 'a payment in a batch', least: 0.3, of: ({ links }) => links.some(({ toType }) => toType === BATCH) },
    { name: 'a contradictory alias', least: 0.08, of: has('contradictory-alias') },
    { name: 'a circle', least: 0.05, of: has('link-cycle') },
    { name: 'a self-link', least: 0.08, of: has('self-link') },
    { name: 'a time that cannot be', least: 0.05, of: has('implausible-time') },
    { name: 'an amount that cannot be used', least: 0.05, of: has('unusable-amount') },
    { name: 'a conflict of ownership', least: 0.05, of: has('ownership-conflict') },
    { name: 'drifted master data', least: 0.1, of: has('master-data-drift') },
  ])('know $name in a share of them', ({ least, of }) => {
    const share = played.filter(({ outcome }) => of(outcome)).length / played.length;
    expect(share).toBeGreaterThan(least);
  });
});

function isTakenBack({ undone }: Outcome['balances'][number]): boolean {
  return !/^[0.]*$/.test(undone.amount);
}

function hasProgress(wanted: string) {
  return ({ transactions }: Outcome) => transactions.some(({ progress }) => progress === wanted);
}

function hasSharedObject(isWanted: boolean) {
  return ({ transactionObjects }: Outcome) =>
    hasShared(
      transactionObjects.filter(({ isHub }) => isHub === isWanted),
      ({ objectId }) => objectId,
    );
}

function hasFlowingMoney({ balances }: Outcome): boolean {
  return balances.some(({ sides }) => sides.some(({ flows }) => !/^[0.]*$/.test(flows.amount)));
}
