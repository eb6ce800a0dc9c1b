import { useCallback, useState } from 'react';
import { useSubscription } from 'urql';
import type { RequeueProgressSubscription } from '../../gql/graphql.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useEvery } from '../../shared/use-every.js';
import { goneOut, isUnderWay } from './run-words.js';
import { RequeueProgressDocument, RequeueRunDocument, type RequestFull } from './runs-documents.js';

/** The net under the news: outcomes come also after all is sent. */
const RELOAD_EVERY_MS = 3_000;

type Progress = RequeueProgressSubscription['requeueProgress'];

/** A request, as far as its sending is at any time. */
export function useRun(id: string) {
  const load = useLoad(RequeueRunDocument, { id });
  const [progress, setProgress] = useState<Progress>();
  const known = load.data?.requeueRequest ?? undefined;
  useSubscription(
    { query: RequeueProgressDocument, variables: { id } },
    useCallback((_: unknown, event: RequeueProgressSubscription) => {
      setProgress(event.requeueProgress);
      return event;
    }, []),
  );
  const request = known && latest(known, progress);
  useEvery(RELOAD_EVERY_MS, load.reload, request !== undefined && isUnderWay(request.run.state));
  return { ...load, request };
}

/** What came last: what is told may be older than what was loaded since. */
function latest(loaded: RequestFull, progress: Progress | undefined): RequestFull {
  const isNewer =
    progress !== undefined &&
    progress.id === loaded.id &&
    goneOut(progress.run.outcomes) >= goneOut(loaded.run.outcomes) &&
    (progress.run.changedAt ?? '') >= (loaded.run.changedAt ?? '');
  return isNewer ? { ...loaded, run: { ...loaded.run, ...progress.run } } : loaded;
}
