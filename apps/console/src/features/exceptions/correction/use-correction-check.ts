import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import type { CheckCorrectionQuery } from '../../../gql/graphql.js';
import { describeFailure } from '../../../shared/graphql/failure.js';
import { CheckCorrectionDocument } from './correction-documents.js';
import type { Edit } from './correction-values.js';

export type Check = CheckCorrectionQuery['checkCorrection'];

/** Long enough that not each key asks, short enough that the answer seems to come while one types. */
const AFTER_TYPING_MS = 250;

/** What saving would say to what stands in the form now. */
export function useCorrectionCheck(
  exceptionId: string,
  basedOn: number | undefined,
  edits: readonly Edit[],
): { check: Check | undefined; problem: string | undefined; isCurrent: boolean } {
  const client = useClient();
  const asked = JSON.stringify([basedOn, edits]);
  const [answer, setAnswer] = useState<{ asked: string; check?: Check; problem?: string }>();

  useEffect(() => {
    const [version, list] = JSON.parse(asked) as [number | null, Edit[]];
    if (version === null) return undefined;
    let isGone = false;
    const timer = setTimeout(() => {
      void client
        .query(
          CheckCorrectionDocument,
          { exceptionId, basedOn: version, edits: list },
          { requestPolicy: 'network-only' },
        )
        .toPromise()
        .then(({ data, error }) => {
          if (isGone) return;
          if (data) setAnswer({ asked, check: data.checkCorrection });
          else if (error) setAnswer({ asked, problem: describeFailure(error).message });
        });
    }, AFTER_TYPING_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client, exceptionId, asked]);

  return { check: answer?.check, problem: answer?.problem, isCurrent: answer?.asked === asked };
}
