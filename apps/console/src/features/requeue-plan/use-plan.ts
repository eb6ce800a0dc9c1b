import { useCallback } from 'react';
import { useSubscription } from 'urql';
import type { RequeuePlanProgressSubscription } from '../../gql/graphql.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useEvery } from '../../shared/use-every.js';
import { isAtWork } from './plan-words.js';
import { RequeuePlanPageDocument, RequeuePlanProgressDocument } from './plan-documents.js';

/** The net under the news. */
const RELOAD_EVERY_MS = 3_000;

/** A plan as it is at any time: what is told of it is loaded whole, since its sums come with its end. */
export function usePlan(id: string) {
  const load = useLoad(RequeuePlanPageDocument, { id });
  const { reload } = load;
  const request = load.data?.requeueRequest ?? undefined;
  useSubscription(
    { query: RequeuePlanProgressDocument, variables: { id } },
    useCallback(
      (_: unknown, event: RequeuePlanProgressSubscription) => {
        reload();
        return event;
      },
      [reload],
    ),
  );
  useEvery(RELOAD_EVERY_MS, reload, request !== undefined && isAtWork(request.state));
  return { ...load, request };
}
