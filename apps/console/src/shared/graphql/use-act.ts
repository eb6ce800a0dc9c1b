import { useCallback, useState } from 'react';
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import { describeFailure } from './failure.js';

/** Why an act was not done, in words; `problems` says more where there is more than one. */
export type ActProblem = { message: string; problems: readonly string[] };

type FailureName =
  | 'ActFailure'
  | 'CatalogFailure'
  | 'LineageStatementFailure'
  | 'ExceptionGroupFailure'
  | 'RunbookFailure'
  | 'BulkActFailure'
  | 'ExceptionViewFailure'
  | 'RequeueFailure';
type Failed = { __typename: FailureName; message: string; problems?: readonly string[] };
type Done<Data> = Exclude<Data[keyof Data], { __typename: FailureName }>;

const FAILURES: readonly string[] = [
  'ActFailure',
  'CatalogFailure',
  'LineageStatementFailure',
  'ExceptionGroupFailure',
  'RunbookFailure',
  'BulkActFailure',
  'ExceptionViewFailure',
  'RequeueFailure',
] satisfies FailureName[];

function isFailed(answer: { __typename: string }): answer is Failed {
  return FAILURES.includes(answer.__typename);
}

export type Act<Data, Variables> = {
  /** What the act did; undefined when it was refused or failed, which `problem` then tells. */
  run: (variables: Variables) => Promise<Done<Data> | undefined>;
  isRunning: boolean;
  problem: ActProblem | undefined;
};

/** One mutation whose result is a union with a failure: a refusal is told, not thrown. */
export function useAct<Data extends Record<string, { __typename: string }>, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  /** where nothing stands beside the act that could show why it was not done */
  onProblem?: (problem: ActProblem) => void,
): Act<Data, Variables> {
  const client = useClient();
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<ActProblem>();
  const run = useCallback(
    async (variables: Variables) => {
      setRunning(true);
      setProblem(undefined);
      const result = await client.mutation(document, variables).toPromise();
      setRunning(false);
      const [answer] = Object.values(result.data ?? {});
      if (answer && !isFailed(answer)) return answer as Done<Data>;
      const refused = answer
        ? { message: answer.message, problems: answer.problems ?? [] }
        : result.error && { message: describeFailure(result.error).message, problems: [] };
      if (refused) {
        setProblem(refused);
        onProblem?.(refused);
      }
      return undefined;
    },
    [client, document, onProblem],
  );
  return { run, isRunning, problem };
}
