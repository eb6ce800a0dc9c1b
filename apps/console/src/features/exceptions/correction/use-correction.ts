import { useCallback, useMemo, useState } from 'react';
import { useClient } from 'urql';
import type { SaveCorrectionMutation } from '../../../gql/graphql.js';
import { describeFailure } from '../../../shared/graphql/failure.js';
import type { ActProblem } from '../../../shared/graphql/use-act.js';
import { SaveCorrectionDocument, type Correctable, type CorrectableList } from './correction-documents.js';
import type { Drafts } from './correction-values.js';
import {
  editsOfForm,
  formRows,
  movedLists,
  UNTOUCHED,
  withAdded,
  withoutLists,
  withoutToggled,
  withToggled,
} from './list-draft.js';
import { textOfPayload } from './raw-text.js';
import { useCorrectionCheck } from './use-correction-check.js';
import { useRawEdits, type RawDraft } from './use-raw-edits.js';

export type Stale = Extract<SaveCorrectionMutation['saveCorrection'], { __typename: 'CorrectionStale' }>;

/** A correction while it is written: what is typed, what is wrong with it, and its saving. */
export function useCorrection(
  exceptionId: string,
  loaded: Correctable,
  onSaved: (version: number, isToSend: boolean) => void,
) {
  const client = useClient();
  const [payload, setPayload] = useState(loaded);
  const [drafts, setDrafts] = useState<Drafts>({});
  const [lists, setLists] = useState(UNTOUCHED);
  const [reason, giveReason] = useState('');
  const [isConfirmed, confirm] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [stale, setStale] = useState<Stale>();
  const [problem, setProblem] = useState<ActProblem>();
  const [raw, setRaw] = useState<RawDraft>();
  const rawEdits = useRawEdits(exceptionId, raw);
  const rows = useMemo(() => formRows(payload, lists), [payload, lists]);
  const typed = useMemo(() => editsOfForm(payload, drafts, lists), [payload, drafts, lists]);
  const edits = useMemo(() => [...(raw === undefined ? typed : rawEdits.edits)], [raw, typed, rawEdits.edits]);
  const { check, problem: checkFailure, isCurrent } = useCorrectionCheck(exceptionId, payload.latestVersion, edits);

  const problems = check?.problems ?? [];

  const save = useCallback(
    async (isToSend: boolean) => {
      setSaving(true);
      setProblem(undefined);
      const variables = { exceptionId, basedOn: payload.latestVersion, edits, reason: reason.trim(), isConfirmed };
      const { data, error } = await client.mutation(SaveCorrectionDocument, variables).toPromise();
      setSaving(false);
      const answer = data?.saveCorrection;
      if (answer?.__typename === 'CorrectionSaved') onSaved(answer.version, isToSend);
      else if (answer?.__typename === 'CorrectionStale') setStale(answer);
      else if (answer) {
        const told = answer.problems.map(({ pointer, message }) => `${pointer} ${message}`);
        setProblem({ message: answer.message, problems: told });
      } else if (error) setProblem({ message: describeFailure(error).message, problems: [] });
    },
    [client, exceptionId, payload, edits, reason, isConfirmed, onSaved],
  );

  /** Takes what was saved meanwhile as the ground; what was typed stays where it still means the same place. */
  const goOn = useCallback(() => {
    if (stale) {
      const left = withoutLists(drafts, lists, movedLists(stale.changes));
      setDrafts(left.drafts);
      setLists(left.draft);
      setPayload(stale.payload);
    }
    setStale(undefined);
  }, [stale, drafts, lists]);

  /** From the fields to the text and back: what was written in the one is not taken into the other. */
  const writeAsText = useCallback(
    (isText: boolean) => {
      const shown = payload.versions.find(({ number }) => number === payload.latestVersion)?.payloadJson ?? '';
      setRaw(isText ? { basedOn: payload.latestVersion, text: textOfPayload(shown) } : undefined);
    },
    [payload],
  );

  return {
    ...{ payload, rows, drafts, edits, check, checkFailure, raw, rawFault: rawEdits.fault, writeAsText },
    isCurrent: isCurrent && rawEdits.isCurrent,
    changeRaw: (text: string) => setRaw((before) => before && { ...before, text }),
    ...{ reason, isConfirmed, isSaving, stale, problem },
    ...{ giveReason, confirm, save, goOn },
    change: (pointer: string, draft: string) => setDrafts((before) => ({ ...before, [pointer]: draft })),
    addTo: (list: CorrectableList) => setLists((before) => withAdded(before, list)),
    toggle: (pointer: string) => {
      setDrafts((before) => withoutToggled(before, lists, pointer));
      setLists((before) => withToggled(before, pointer));
    },
    problemAt: (pointer: string) => problems.find((each) => each.pointer === pointer)?.message,
  };
}
