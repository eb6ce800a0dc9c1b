import type { FinanceEventObject } from '@throughline/canonical';
import { instantOfLocalTime } from '@throughline/sla';
import { failedRun } from '../../failed-run.js';
import type { Journey } from '../../journey.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { STORY_ENTITIES } from '../../story.js';
import { DAY, HOUR, MINUTE, Telling } from '../../telling.js';
import { type Run, financeEvent, runNamed } from '../../wire-forms.js';
import { CONTRACT_VIOLATION } from './booking-signals.js';

/** The pipeline of one legal entity at one time, as the CRM sees it. */
export type StorySnapshot = { number: string; legalEntity: string; snapshotDate: string };

export const PIPELINE_INTEGRATION = {
  morning: 'salesforce-pipeline-to-planning',
  stageChange: 'salesforce-stage-change-to-planning',
} as const;

const STAGES = [
  { stage: 'Proposal', amount: { amount: '90000.00', currency: 'EUR' } },
  { stage: 'Negotiation', amount: { amount: '60000.00', currency: 'EUR' } },
] as const;

function snapshotOf({ number, legalEntity, snapshotDate }: StorySnapshot, isDaily: boolean): FinanceEventObject {
  return {
    type: 'pipeline-snapshot',
    keys: [{ system: 'salesforce', kind: 'snapshot', value: `PIPE-${number}` }],
    legalEntity,
    amount: { amount: '150000.00', currency: 'EUR' },
    attributes: { opportunities: String(STAGES.length), ...(isDaily && { snapshotDate }) },
  };
}

/** Salesforce: the snapshot was taken, with the opportunities in it, or a stage change made one. */
export function snapshotTaken(snapshot: StorySnapshot, because: 'taken' | 'stage-changed', at: string): ScenarioSignal {
  return financeEvent(`pipeline-snapshot.${because}`, `PIPE-${snapshot.number}`, at, {
    system: 'salesforce',
    objects: [
      snapshotOf(snapshot, because === 'taken'),
      ...STAGES.map(({ stage, amount }, index): FinanceEventObject => ({
        type: 'opportunity',
        keys: [{ kind: 'opportunity', value: `OPP-${snapshot.number}-${index + 1}` }],
        amount,
        attributes: { stage },
      })),
    ],
    links: STAGES.map(({ amount }, index) => ({ from: index + 1, to: 0, qualifier: 'gathers', amount })),
  });
}

/** Anaplan: the snapshot was loaded. */
export function snapshotLoaded(
  snapshot: StorySnapshot,
  because: 'taken' | 'stage-changed',
  at: string,
): ScenarioSignal {
  const isDaily = because === 'taken';
  const type = isDaily ? 'pipeline-snapshot.loaded' : 'pipeline-snapshot.stage-change-loaded';
  return financeEvent(type, `PIPE-${snapshot.number}`, at, {
    system: 'anaplan',
    integration: isDaily ? PIPELINE_INTEGRATION.morning : PIPELINE_INTEGRATION.stageChange,
    objects: [
      snapshotOf(snapshot, isDaily),
      { type: 'forecast-version', keys: [{ kind: 'version', value: `FC-${snapshot.number}` }] },
    ],
    links: [{ from: 0, to: 1, qualifier: 'feeds' }],
  });
}

/** The model of planning has changed: it refuses the snapshot. */
export function snapshotRefused(snapshot: StorySnapshot, list: string, at: string, run: Run): ScenarioSignal[] {
  return failedRun(at, {
    run,
    service: 'anaplan',
    integration: PIPELINE_INTEGRATION.morning,
    activityType: 'pipeline-snapshot.refused',
    objects: [{ type: 'pipeline-snapshot', keys: snapshotOf(snapshot, true).keys }],
    problem: {
      code: CONTRACT_VIOLATION,
      discriminators: { list },
      message: `The model has no list ${list} any more`,
      payload: { snapshot: `PIPE-${snapshot.number}`, list },
    },
  });
}

/** A snapshot in the middle of being told; which entity's it is goes by the sum of the digits of the number. */
class SnapshotTelling extends Telling {
  readonly snapshot: StorySnapshot;
  /** Time after the start of six in the morning of the snapshot's day, where the entity is. */
  readonly morning: number;

  constructor(number: string, startsAt: number) {
    super(startsAt);
    const entity = STORY_ENTITIES[this.sumOfDigits(number) % STORY_ENTITIES.length];
    if (entity === undefined) throw new RangeError(`no entity for ${number}`);
    const snapshotDate = this.on(2 * DAY);
    this.snapshot = { number, legalEntity: entity.code, snapshotDate };
    this.morning = Date.parse(instantOfLocalTime(snapshotDate, '06:00', entity.timeZone)) - startsAt;
  }

  get isMended(): boolean {
    return Math.floor(this.sumOfDigits(this.snapshot.number) / STORY_ENTITIES.length) % 2 === 0;
  }

  taken(): this {
    return this.tell(this.morning - 3 * HOUR, (at) => snapshotTaken(this.snapshot, 'taken', at));
  }

  loaded(after: number): this {
    return this.tell(after, (at) => snapshotLoaded(this.snapshot, 'taken', at));
  }

  private sumOfDigits(number: string): number {
    return [...number].reduce((sum, digit) => sum + digit.charCodeAt(0), 0);
  }
}

function journey(name: string, share: number, tell: (told: SnapshotTelling) => Telling): Journey {
  return {
    name: `pipeline-to-plan/${name}`,
    share,
    play: (number, startsAt) => tell(new SnapshotTelling(number, startsAt)).sent(),
  };
}

/** Taken at three in the morning and loaded at half past four. */
export const dailySnapshot = journey('daily-snapshot', 20, (told) => told.taken().loaded(told.morning - 1.5 * HOUR));

/** A stage change makes a snapshot, which is loaded six minutes later. */
export const stageChange = journey('stage-change', 20, (told) =>
  told
    .tell(0, (at) => snapshotTaken(told.snapshot, 'stage-changed', at))
    .tell(6 * MINUTE, (at) => snapshotLoaded(told.snapshot, 'stage-changed', at)),
);

/** Nobody loads the snapshot; where somebody sees to it, two hours after six. */
export const snapshotNotLoaded = journey('not-loaded', 2, (told) => {
  told.taken();
  return told.isMended ? told.loaded(told.morning + 2 * HOUR) : told;
});

/** The model of planning has changed and refuses the snapshot; where it is put right, three hours after six. */
export const snapshotOfOldModel = journey('model-changed', 2, (told) => {
  const run = runNamed(`load of snapshot ${told.snapshot.number}`);
  told.taken().tell(told.morning - 2 * HOUR, (at) => snapshotRefused(told.snapshot, 'Stage', at, run));
  return told.isMended ? told.loaded(told.morning + 3 * HOUR) : told;
});
