import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Status } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { StateDialog } from './state-dialog.js';
import { ObjectStatementsDocument, type Statement, WithdrawStatementDocument } from './statement-documents.js';
import { statementSentence, statementState } from './statement-words.js';
import styles from './statements.module.css';

const LEAST_REASON = 3;
const BUTTON = { needs: 'lineage.state', what: 'Stating lineage', size: 'compact-sm', variant: 'default' } as const;

type Asked = { act: 'LINK' | 'IDENTITY' } | { act: 'withdraw'; statement: Statement };

/** What people state about an object: what it belongs to, and with what it is one; made and taken back here. */
export function StatementsPanel({ objectId, onChanged }: { objectId: string; onChanged?: () => void }) {
  const { data, error, reload } = useLoad(ObjectStatementsDocument, { id: objectId });
  const [asked, setAsked] = useState<Asked>();
  const object = data?.businessObject;
  const close = () => setAsked(undefined);
  const done = () => {
    close();
    reload();
    onChanged?.();
  };
  return (
    <Panel
      title="Stated by people"
      aside={
        object && (
          <span className={styles['acts']}>
            <PermittedButton {...BUTTON} onClick={() => setAsked({ act: 'LINK' })}>
              This belongs to …
            </PermittedButton>
            <PermittedButton {...BUTTON} onClick={() => setAsked({ act: 'IDENTITY' })}>
              These are one …
            </PermittedButton>
          </span>
        )
      }
    >
      {error && !data && <p role="alert">What people stated could not be loaded.</p>}
      {object?.statements.length === 0 && <p className="muted">Everything known of it was told by systems.</p>}
      {object && object.statements.length > 0 && (
        <ul className={styles['rows']}>
          {object.statements.map((statement) => (
            <Said
              key={statement.signalId}
              statement={statement}
              seenFrom={object.id}
              onWithdraw={() => setAsked({ act: 'withdraw', statement })}
            />
          ))}
        </ul>
      )}
      {object && asked?.act === 'withdraw' && (
        <WithdrawDialog statement={asked.statement} seenFrom={object.id} onClose={close} onDone={done} />
      )}
      {object && asked && asked.act !== 'withdraw' && (
        <StateDialog act={asked.act} object={object} onClose={close} onDone={done} />
      )}
    </Panel>
  );
}

type SaidProps = { statement: Statement; seenFrom: string; onWithdraw: () => void };

function Said({ statement, seenFrom, onWithdraw }: SaidProps) {
  const { tone, word } = statementState(statement);
  const isInForce = statement.counts && !statement.isWithdrawal;
  return (
    <li>
      <Status tone={tone}>{word}</Status>
      <span>
        {statementSentence(statement, seenFrom)}
        <span className="muted"> · {statement.reason}</span>
      </span>
      <span className="muted" title={exactInstant(statement.statedAt)}>
        {statement.statedBy?.displayName ?? 'somebody'}, {dateTime(statement.statedAt)}
      </span>
      <span>
        {isInForce && (
          <PermittedButton {...BUTTON} size="compact-xs" variant="subtle" onClick={onWithdraw}>
            Withdraw
          </PermittedButton>
        )}
      </span>
    </li>
  );
}

type WithdrawProps = { statement: Statement; seenFrom: string; onClose: () => void; onDone: () => void };

function WithdrawDialog({ statement, seenFrom, onClose, onDone }: WithdrawProps) {
  const [reason, setReason] = useState('');
  const withdraw = useAct(WithdrawStatementDocument);
  const submit = async () => {
    if (!(await withdraw.run({ id: statement.id, reason: reason.trim() }))) return;
    tell('It is withdrawn; lineage follows in a moment');
    onDone();
  };
  return (
    <FormDialog
      title="Withdraw what was stated"
      submit="Withdraw"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={reason.trim().length >= LEAST_REASON}
      isRunning={withdraw.isRunning}
      problem={withdraw.problem}
    >
      <p>
        {statementSentence(statement, seenFrom)}. It no longer counts then, and stays here to be seen; what systems say
        is not touched.
      </p>
      <Textarea
        label="Reason"
        description="Kept as evidence"
        placeholder="It was another one"
        data-autofocus
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
