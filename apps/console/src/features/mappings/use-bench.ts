import { useCallback, useMemo, useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import type { MappingTrialInput } from '../../gql/graphql.js';
import { textsOf } from '../../shared/signals/activity-view.js';
import type { PastedInput } from './bench-input.js';
import { MappingTrialDocument, type MappingFull, type Trial } from './mapping-documents.js';

const NOTHING_PASTED: PastedInput = { payload: '', contentType: 'application/json', sourceSystem: '', type: '' };

/** What was being written when the bench was left, for as long as this page is open: nothing typed is lost by a look elsewhere. */
const drafts = new Map<string, string>();

export type Bench = {
  definition: string;
  setDefinition: (definition: string) => void;
  isChanged: boolean;
  isPasted: boolean;
  setPasted: (isPasted: boolean) => void;
  pasted: PastedInput;
  paste: (pasted: PastedInput) => void;
  hasInput: boolean;
  run: () => Promise<void>;
  isRunning: boolean;
  trial: Trial | undefined;
  error: CombinedError | undefined;
  /** the result belongs to another definition or input than what is shown */
  isStale: boolean;
  used: ReadonlySet<string> | undefined;
};

/** The state of one bench: what goes in, the definition that is written, what came out. */
export function useBench(
  { name, definition: inForce, isInCode }: Pick<MappingFull, 'name' | 'definition' | 'isInCode'>,
  signalId: string | undefined,
): Bench {
  const client = useClient();
  const [written, setWritten] = useState(() => drafts.get(name));
  const [isPasted, setPasted] = useState(false);
  const [pasted, paste] = useState(NOTHING_PASTED);
  const [isRunning, setRunning] = useState(false);
  const [result, setResult] = useState<{ key: string; trial?: Trial; error?: CombinedError | undefined }>();
  const definition = written ?? inForce;

  const setDefinition = useCallback(
    (next: string) => {
      if (next === inForce) drafts.delete(name);
      else drafts.set(name, next);
      setWritten(next === inForce ? undefined : next);
    },
    [name, inForce],
  );

  const hasInput = isPasted ? pasted.payload.trim() !== '' : signalId !== undefined;
  const input = useMemo<MappingTrialInput>(() => {
    if (isInCode) return { mapping: name, signalId: signalId ?? null };
    if (!isPasted) return { definition, signalId: signalId ?? null };
    const { payload, contentType, sourceSystem, type } = pasted;
    return {
      definition,
      payload,
      contentType: contentType || null,
      sourceSystem: sourceSystem || null,
      type: type || null,
    };
  }, [definition, isInCode, isPasted, name, pasted, signalId]);
  const key = JSON.stringify(input);

  const run = useCallback(async () => {
    if (!hasInput) return;
    setRunning(true);
    const answer = await client.query(MappingTrialDocument, { input }, { requestPolicy: 'network-only' }).toPromise();
    setRunning(false);
    setResult({ key, ...(answer.data && { trial: answer.data.mappingTrial }), error: answer.error });
  }, [client, hasInput, input, key]);

  const trial = result?.trial;
  const isStale = result !== undefined && result.key !== key;
  const used = useMemo(() => (trial && !isStale ? textsOf(trial.activities) : undefined), [trial, isStale]);
  return {
    definition,
    setDefinition,
    isChanged: definition !== inForce,
    isPasted,
    setPasted,
    pasted,
    paste,
    hasInput,
    run,
    isRunning,
    trial,
    error: result?.error,
    isStale,
    used,
  };
}
