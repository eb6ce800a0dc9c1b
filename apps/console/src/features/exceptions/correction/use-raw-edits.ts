import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { describeFailure } from '../../../shared/graphql/failure.js';
import { CorrectionEditsDocument } from './correction-documents.js';
import type { Edit } from './correction-values.js';
import { jsonFault } from './raw-text.js';

const AFTER_TYPING_MS = 250;

/** A payload that is written as a whole, and the version that it began with. */
export type RawDraft = { basedOn: number; text: string };

type RawEdits = { edits: readonly Edit[]; fault: string | undefined; isCurrent: boolean };

const NONE: readonly Edit[] = [];

/** What differs between what is written and what was shown; undefined draft = the form is filled in instead. */
export function useRawEdits(exceptionId: string, draft: RawDraft | undefined): RawEdits {
  const client = useClient();
  const [answer, setAnswer] = useState<{ of: RawDraft; edits?: readonly Edit[]; problem?: string }>();
  const unread = draft && jsonFault(draft.text);

  useEffect(() => {
    if (draft === undefined || jsonFault(draft.text) !== undefined) return undefined;
    let isGone = false;
    const timer = setTimeout(() => {
      void client
        .query(
          CorrectionEditsDocument,
          { exceptionId, basedOn: draft.basedOn, payloadJson: draft.text },
          { requestPolicy: 'network-only' },
        )
        .toPromise()
        .then(({ data, error }) => {
          if (isGone) return;
          if (data) setAnswer({ of: draft, edits: data.correctionEdits.map(({ pointer, to }) => ({ pointer, to })) });
          else if (error) setAnswer({ of: draft, problem: describeFailure(error).message });
        });
    }, AFTER_TYPING_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client, exceptionId, draft]);

  if (draft === undefined) return { edits: NONE, fault: undefined, isCurrent: true };
  return {
    edits: answer?.edits ?? NONE,
    fault: unread ?? answer?.problem,
    isCurrent: unread === undefined && answer?.of === draft && answer.problem === undefined,
  };
}
