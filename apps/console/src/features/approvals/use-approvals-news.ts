import { useCallback, useState } from 'react';
import { useSubscription } from 'urql';
import type { RequeueApprovalsChangedSubscription } from '../../gql/graphql.js';
import { RequeueApprovalsChangedDocument, type RequeueCounts } from './requeue-approval-documents.js';

/** How many requests wait, as it was told last; undefined = nothing was heard since the list was loaded, which `forget` says. */
export function useApprovalsNews(): { heard: RequeueCounts | undefined; forget: () => void } {
  const [heard, setHeard] = useState<RequeueCounts>();
  useSubscription(
    { query: RequeueApprovalsChangedDocument },
    useCallback((_: unknown, news: RequeueApprovalsChangedSubscription) => {
      setHeard(news.requeueApprovalsChanged);
      return news;
    }, []),
  );
  return { heard, forget: useCallback(() => setHeard(undefined), []) };
}

/** Whether the queue is another one than when its list was loaded. */
export function isOtherQueue(heard: RequeueCounts | undefined, loaded: RequeueCounts | undefined): boolean {
  if (!heard || !loaded) return false;
  return (['waiting', 'mine', 'forMe', 'review'] as const).some((name) => heard[name] !== loaded[name]);
}
