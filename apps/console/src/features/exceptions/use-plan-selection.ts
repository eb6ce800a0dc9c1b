import { useCallback, useRef } from 'react';
import { graphql } from '../../gql/index.js';
import type { BulkSelection } from '../../gql/graphql.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useNavigation } from '../../shared/navigation.js';
import { tell, tellProblem } from '../../shared/tell.js';
import { requeuePlanHref } from '../../shared/url-requeue.js';

const PlanSelectionDocument = graphql(`
  mutation PlanSelection($selection: BulkSelection!) {
    requestRequeue(selection: $selection, reason: "Plan", dryRun: true) {
      __typename
      ... on RequeuePlanning {
        planning {
          id
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

/** Of more than these the plan is a page of its own, worked out by the server. */
export const MOST_PLANNED_AT_ONCE = 500;

/** Freezes a selection to be sent again, and leads to its plan. */
export function usePlanSelection(): (selection: BulkSelection) => void {
  const { go } = useNavigation();
  const { run } = useAct(PlanSelectionDocument, tellProblem);
  // a second press while the first is under way would freeze the same a second time
  const isFreezing = useRef(false);
  return useCallback(
    (selection: BulkSelection) => {
      if (isFreezing.current) return;
      isFreezing.current = true;
      tell('Freezing the selection…');
      void run({ selection }).then((done) => {
        isFreezing.current = false;
        if (done?.__typename === 'RequeuePlanning') go(requeuePlanHref(done.planning.id));
      });
    },
    [go, run],
  );
}
