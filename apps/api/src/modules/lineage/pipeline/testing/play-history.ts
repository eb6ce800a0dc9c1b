import type { Activity } from '@throughline/canonical';
import type { Projection } from '@throughline/lineage';
import { Draw, type RandomHistory, type ScenarioSignal, inBatches } from '@throughline/scenarios';
import type { SignalSelection } from '../../../signals/index.js';
import { replaceFacts } from '../remapping/replace-facts.js';
import { requestRemapping } from '../remapping/remapping.repository.js';
import type { PipelineBench } from './pipeline-bench.js';

const DAY_MS = 86_400_000;

/** The stored projection of what is said in the end, and that of the same facts at once. */
export type Played = { stored: Projection; computed: Projection };

/**
 * Sends a history through the worker: in batches of random sizes, in any order, a part of it twice, mapped and projected at random
 * moments, also side by side. Between, some of what is known is unsaid or said otherwise, as by a mapping that somebody changed,
 * and mapped again from what was stored; a few stay as they were changed. Now and then all is rebuilt at the end.
 */
export async function playHistory(bench: PipelineBench, history: RandomHistory): Promise<Played> {
  const player = new HistoryPlayer(bench, history);
  await player.play();
  return { stored: await bench.read(), computed: bench.inMemoryOf([...player.said.values()]) };
}

class HistoryPlayer {
  readonly said: Map<string, Activity>;
  private readonly draw: Draw;
  /** What was changed and not yet mapped again. */
  private readonly changed = new Set<Activity>();
  /** What is said instead, by those of them that say anything. */
  private readonly restated = new Map<string, Activity>();

  constructor(
    private readonly bench: PipelineBench,
    private readonly history: RandomHistory,
  ) {
    this.draw = new Draw(history.seed + 0x9137);
    this.said = new Map(history.activities.map((activity) => [activity.activityId, activity]));
  }

  async play(): Promise<void> {
    const { bench, draw, history } = this;
    const received = draw.shuffled([...history.signals, ...history.signals.filter(() => draw.chance(0.2))]);
    for (const batch of inBatches(received, draw.random, draw.pick([4, 12, 40]))) {
      await this.receive(batch);
      if (draw.chance(0.25)) await this.change();
      if (draw.chance(0.15)) await this.mapAgain();
    }
    await this.mapAll();
    await this.change();
    if (draw.chance(0.5)) await bench.settle();
    await this.mapAgain();
    await bench.settle();
    if (draw.chance(0.15) && this.changed.size === 0) await bench.inTenant((tx) => bench.rebuildWithin(tx));
    for (const activity of this.changed) this.said.delete(activity.activityId);
    for (const activity of this.restated.values()) this.said.set(activity.activityId, activity);
  }

  private async receive(batch: readonly ScenarioSignal[]): Promise<void> {
    const { bench, draw } = this;
    // A second raw copy of a span may lie in another day.
    const isSpan = ({ protocol }: ScenarioSignal) => protocol === 'otlp';
    await bench.store(batch.filter((signal) => !isSpan(signal)));
    await bench.store(batch.filter(isSpan), new Date(Date.now() + draw.pick([0, DAY_MS])));
    const map = () => bench.map.run(bench.tenantId);
    const project = () => bench.project.run(bench.tenantId);
    const what = draw.random();
    if (what < 0.25) await Promise.all([map(), project()]);
    else if (what < 0.5) await map().then(project);
    else if (what < 0.8) await map();
  }

  /** Unsays some of what was mapped, or says something else of its signal, perhaps while it is being projected. */
  private async change(): Promise<void> {
    const { bench, draw } = this;
    const stored = new Set(await this.storedIds());
    const events = this.history.activities.filter(
      ({ activityId, signal }) => signal.kind === 'cloud-event' && stored.has(activityId),
    );
    const some = draw.shuffled(events).slice(0, draw.between(1, 4));
    if (some.length === 0) return;
    const now = some.flatMap((activity): Activity[] => {
      this.changed.add(activity);
      this.restated.delete(activity.activityId);
      if (draw.chance(0.5)) return [];
      const { activityId, signal } = activity;
      const other = { ...draw.pick(this.history.activities), activityId, signal };
      this.restated.set(activityId, other);
      return [other];
    });
    const signalIds = some.map(({ signal }) => signal.signalId);
    const projecting = draw.chance(0.4) ? bench.project.run(bench.tenantId) : null;
    await Promise.all([
      bench.inTenant((tx) => replaceFacts(tx, { signalIds, activities: now, copies: [] })),
      projecting,
    ]);
    if (draw.chance(0.5)) await bench.project.run(bench.tenantId);
  }

  /** Maps stored signals again: some of those that were changed with some that were not, or everything. */
  private async mapAgain(): Promise<void> {
    const { draw, history } = this;
    await this.mapAll();
    const isWhole = draw.chance(0.2);
    const some = isWhole ? [...this.changed] : [...this.changed].filter(() => draw.chance(0.8));
    const others = history.activities.filter(({ signal }) => signal.kind === 'cloud-event' && draw.chance(0.1));
    const signalIds = [...new Set([...some, ...others].map(({ signal }) => signal.signalId))];
    for (const activity of [...some, ...others]) {
      this.changed.delete(activity);
      this.restated.delete(activity.activityId);
    }
    if (signalIds.length === 0 && !isWhole) return;
    await this.remap(isWhole ? {} : { signalIds });
  }

  private async remap(selection: SignalSelection): Promise<void> {
    const { bench, draw } = this;
    const request = { selection, reason: 'the mapping was mended', requestedBy: null, requestedAt: new Date() };
    await bench.inTenant((tx) => requestRemapping(tx, request));
    const projecting = draw.chance(0.3) ? bench.project.run(bench.tenantId) : null;
    await Promise.all([bench.remapWith(draw.pick([3, 500])), projecting]);
  }

  /** A change of what is not mapped yet would be overtaken by its mapping. */
  private async mapAll(): Promise<void> {
    while (await this.bench.map.run(this.bench.tenantId));
  }

  private async storedIds(): Promise<string[]> {
    const rows = await this.bench.inTenant((tx) =>
      tx.query<{ id: string }>('select activity_id as id from activity where tenant_id = $1', [tx.tenantId]),
    );
    return rows.map(({ id }) => id);
  }
}
