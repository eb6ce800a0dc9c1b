import { Injectable } from '@nestjs/common';
import { mergeSpanOutlines } from '@throughline/ingest';
import { transactionCriticalPath } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { Operation } from '../../graphql/operation.js';
import { groupRows } from './group-rows.js';
import { findChunksOfTraces, readOutlines, type StoredOutline } from '../signals/index.js';
import type { EstateNames } from './domain/delay-view.js';
import { readEstateNames } from './estate-names.js';
import { journeyOf, type Way } from './domain/journey-of.js';
import type { WorkflowClock } from './domain/workflow-clock.js';
import { spansById, type SpansById } from './domain/working-since.js';
import {
  findActivities,
  findMilestones,
  findTransactionLinks,
  findTransactionObjects,
  type ActivityRow,
} from './transaction-parts.repository.js';
import { findWayActivities, findWayHeads } from './way.repository.js';
import { WorkflowClocks } from './workflow-clocks.js';

/** Traces, and chunks of spans, that are looked at for when hops began to work; of what is beyond them nothing is known. */
const MOST_TRACES = 100;
const MOST_CHUNKS_OF_WAYS = 150;

/** A way with what the estate calls things on it. */
export type NamedWay = { way: Way; names: EstateNames };

/** Works out ways through transactions; each part is one statement for all that are asked for at once. */
@Injectable()
export class Ways {
  constructor(private readonly clocks: WorkflowClocks) {}

  /** The way through one transaction, batched within the operation; spans tell when hops began to work. */
  async of(operation: Operation, transactionId: string): Promise<NamedWay | null> {
    const clock = await this.clocks.of(operation);
    const loader = operation.loader<string, NamedWay>('ways', async (tx, ids) => {
      const ways = await this.find(tx, clock, ids, true);
      const names = await this.namesOf(tx, [...ways.values()]);
      return ids.map((id) => {
        const way = ways.get(id);
        return way === undefined ? null : { way, names };
      });
    });
    return loader.load(transactionId);
  }

  /** What the catalog says of the names that occur in these ways. */
  namesOf(tx: Tx, ways: readonly Way[]): Promise<EstateNames> {
    return readEstateNames(tx, ways, (name) => this.clocks.workflow(name));
  }

  /** The ways through these transactions, by id. Without spans a hop is seen at work only between two steps of one run. */
  async find(tx: Tx, clock: WorkflowClock, ids: readonly string[], withSpans: boolean): Promise<Map<string, Way>> {
    const heads = await findWayHeads(tx, ids);
    const milestones = groupRows(await findMilestones(tx, ids), (row) => row.transactionId);
    const objects = groupRows(await findTransactionObjects(tx, ids), (row) => row.transactionId);
    const links = groupRows(await findTransactionLinks(tx, ids), (row) => row.transactionId);
    const activities = await findActivities(tx, ids);
    const byTransaction = groupRows(activities, (row) => row.transactionId);
    const details = await findWayActivities(tx, [...new Set(activities.map(({ id }) => id))]);
    const detailById = new Map(details.map((detail) => [detail.id, detail]));
    const spans = withSpans ? await this.spansOf(tx, activities) : new Map<string, StoredOutline>();
    return new Map(
      heads.map((head) => {
        const parts = {
          head,
          milestones: milestones.get(head.id) ?? [],
          objects: objects.get(head.id) ?? [],
          links: links.get(head.id) ?? [],
          activities: byTransaction.get(head.id) ?? [],
          details: detailById,
          spans,
        };
        const journey = journeyOf(parts, this.clocks.workflow(head.workflow), clock);
        return [head.id, { journey, path: transactionCriticalPath(journey) }];
      }),
    );
  }

  private async spansOf(tx: Tx, activities: readonly ActivityRow[]): Promise<SpansById> {
    const traceIds = [...new Set(activities.flatMap(({ traceId }) => traceId ?? []))].slice(0, MOST_TRACES);
    const chunks = await findChunksOfTraces(tx, traceIds);
    const found: StoredOutline[] = [];
    for await (const outlines of readOutlines(tx, chunks.slice(0, MOST_CHUNKS_OF_WAYS), traceIds)) {
      for (const outline of outlines) found.push(outline);
    }
    return spansById(mergeSpanOutlines(found));
  }
}
