import { Button } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../../gql/index.js';
import type { ValidateRequeueMutation, ValidateRequeueMutationVariables } from '../../gql/graphql.js';
import { describeFailure } from '../../shared/graphql/failure.js';
import { Status } from '../../shared/status/status.js';

export const ValidateRequeueDocument = graphql(`
  mutation ValidateRequeue($exceptionIds: [ID!], $planId: ID, $mode: RequeueMode, $versions: [PayloadChoiceInput!]) {
    validateRequeue(exceptionIds: $exceptionIds, planId: $planId, mode: $mode, versions: $versions) {
      exceptionId
      objectKey
      validation
      words
    }
  }
`);

type Item = ValidateRequeueMutation['validateRequeue'][number];

/** Asks the targets whether they would take what goes first, without their doing anything. */
export function AskTarget({ asked }: { asked: ValidateRequeueMutationVariables }) {
  const client = useClient();
  const [items, setItems] = useState<readonly Item[]>();
  const [problem, setProblem] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    setProblem(undefined);
    const result = await client.mutation(ValidateRequeueDocument, asked).toPromise();
    setAsking(false);
    if (result.data) setItems(result.data.validateRequeue);
    else if (result.error) setProblem(describeFailure(result.error).message);
  };
  return (
    <div>
      <Button variant="default" size="compact-sm" loading={isAsking} onClick={() => void ask()}>
        Ask the target, without sending
      </Button>
      <div role="status">
        {problem !== undefined && <Status tone="critical">{problem}</Status>}
        {items && <Answers items={items} />}
      </div>
    </div>
  );
}

function Answers({ items }: { items: readonly Item[] }) {
  const of = (validation: Item['validation']) => items.filter((item) => item.validation === validation);
  const [passed, failed, unasked] = [of('PASSED'), of('FAILED'), of('NOT_ASKED')];
  return (
    <>
      {passed.length > 0 && (
        <p>
          <Status tone="good">{`It would take ${passed.length}.`}</Status>
        </p>
      )}
      {items.length === 0 && <p className="muted">Nothing of it would go.</p>}
      {failed.map(({ exceptionId, objectKey, words }) => (
        <p key={exceptionId}>
          <Status tone="critical" isSentence>{`It would refuse ${objectKey}: ${words}`}</Status>
        </p>
      ))}
      {unasked.length > 0 && (
        <p className="muted">
          {unasked.length} not asked: {[...new Set(unasked.map(({ words }) => words))].join(' ')}
        </p>
      )}
    </>
  );
}
