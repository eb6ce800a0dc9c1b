import { graphql } from '../../gql/index.js';
import type { SignalFilter } from '../../gql/graphql.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useEvery } from '../../shared/use-every.js';

const NewSignalsDocument = graphql(`
  query NewSignals($filter: SignalFilter!) {
    signals(first: 1, filter: $filter) {
      totalCount
    }
  }
`);

const ASK_EVERY_MS = 15_000;

/** How many that match came in since the list was read; a list that ends in the past has none. */
export function useNewSignals(filter: SignalFilter, asOf: Date | undefined): number {
  const isPaused = asOf === undefined || Boolean(filter.receivedTo);
  const since = asOf?.toISOString() ?? null;
  const { data, reload } = useLoad(
    NewSignalsDocument,
    { filter: { ...filter, receivedFrom: since } },
    { pause: isPaused },
  );
  useEvery(ASK_EVERY_MS, reload, !isPaused);
  return isPaused ? 0 : (data?.signals.totalCount ?? 0);
}
