import { graphql } from '../../gql/index.js';
import type { IngestSummaryQuery } from '../../gql/graphql.js';
import { count, countNumber } from '../format/words.js';
import { useLoad, type Load } from '../graphql/use-load.js';
import { useEvery } from '../use-every.js';

const IngestSummaryDocument = graphql(`
  query IngestSummary {
    ingestSummary {
      receivedToday
      unmapped
      refusedToday
      pending
      oldestPendingAt
      lastReceivedAt
    }
  }
`);

const ASK_EVERY_MS = 15_000;

export type IngestSummary = IngestSummaryQuery['ingestSummary'];

/** The figures of intake, asked for again while they are looked at. */
export function useIngestSummary(isPaused = false): Load<IngestSummaryQuery> {
  const load = useLoad(IngestSummaryDocument, {}, { pause: isPaused });
  useEvery(ASK_EVERY_MS, load.reload, !isPaused);
  return load;
}

// The API counts no further than this; one more stands for all that are above.
const COUNTED = 10_000;

/** "17", "more than 10,000" */
export function unreadNumber(unmapped: number): string {
  return unmapped > COUNTED ? `more than ${countNumber(COUNTED)}` : countNumber(unmapped);
}

/** "17 signals", "more than 10,000 signals" */
export function unreadWords(unmapped: number): string {
  return unmapped > COUNTED ? `more than ${count(COUNTED, 'signal')}` : count(unmapped, 'signal');
}
