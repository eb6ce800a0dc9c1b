import { useCallback, useState } from 'react';
import { useSubscription } from 'urql';
import type { BulkActProgressSubscription } from '../../gql/graphql.js';
import { useEvery } from '../use-every.js';
import { useLoad } from '../graphql/use-load.js';
import { BulkActDocument, BulkActProgressDocument, type BulkActFull } from './bulk-documents.js';
import { isOver } from './bulk-words.js';

/** The net under the news, which may begin after the act has ended. */
const RELOAD_EVERY_MS = 3_000;

type Progress = BulkActProgressSubscription['bulkActProgress'];

/** A bulk act, as far as it is at any time. */
export function useBulkAct(id: string) {
  const load = useLoad(BulkActDocument, { id });
  const [progress, setProgress] = useState<Progress>();
  const known = load.data?.bulkAct ?? undefined;
  useSubscription(
    { query: BulkActProgressDocument, variables: { id }, pause: known !== undefined && isOver(known.state) },
    useCallback((_: unknown, event: BulkActProgressSubscription) => {
      setProgress(event.bulkActProgress);
      return event;
    }, []),
  );
  const bulkAct = known && latest(known, progress);
  useEvery(RELOAD_EVERY_MS, load.reload, bulkAct !== undefined && !isOver(bulkAct.state));
  return { ...load, bulkAct };
}

/** What came last: a paused one is told to go on, and what is told may be older than what was loaded since. */
function latest(loaded: BulkActFull, progress: Progress | undefined): BulkActFull {
  const isNewer =
    progress !== undefined && progress.id === loaded.id && progress.done >= loaded.done && !isOver(loaded.state);
  return isNewer ? { ...loaded, ...progress } : loaded;
}
