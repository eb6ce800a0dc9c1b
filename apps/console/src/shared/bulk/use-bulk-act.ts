import { useCallback, useState } from 'react';
import { useSubscription } from 'urql';
import type { BulkActProgressSubscription } from '../../gql/graphql.js';
import { useLoad } from '../graphql/use-load.js';
import { BulkActDocument, BulkActProgressDocument, type BulkActFull } from './bulk-documents.js';
import { isOver } from './bulk-words.js';

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
  return { ...load, bulkAct: known && latest(known, progress) };
}

/** What came last: a paused one is told to go on, and what is told may be older than what was loaded since. */
function latest(loaded: BulkActFull, progress: Progress | undefined): BulkActFull {
  const isNewer =
    progress !== undefined && progress.id === loaded.id && progress.done >= loaded.done && !isOver(loaded.state);
  return isNewer ? { ...loaded, ...progress } : loaded;
}
