import { Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatMoney } from '../../shared/format/money.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { tell } from '../../shared/tell.js';
import {
  ObjectChoicesDocument,
  type ObjectChoice,
  type StatedObject,
  StateLineageDocument,
} from './statement-documents.js';
import { nameOf, titleOf } from './statement-words.js';
import styles from './statements.module.css';

const LEAST_REASON = 3;
const LEAST_TEXT = 2;

type StateDialogProps = { act: 'LINK' | 'IDENTITY'; object: StatedObject; onClose: () => void; onDone: () => void };

/** Asks which other object is meant, for a link how much of it, and why. */
export function StateDialog({ act, object, onClose, onDone }: StateDialogProps) {
  const isLink = act === 'LINK';
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState('');
  const [reason, setReason] = useState('');
  const state = useAct(StateLineageDocument);
  const hasAmount = amount.trim() !== '';
  const isComplete =
    chosen !== undefined && reason.trim().length >= LEAST_REASON && (!hasAmount || currency.trim().length === 3);
  const submit = async () => {
    if (chosen === undefined) return;
    const money = { amount: amount.trim(), currency: currency.trim().toUpperCase() };
    const input = { act, objectIds: [object.id, chosen], reason: reason.trim(), ...(hasAmount && { amount: money }) };
    if (!(await state.run({ input }))) return;
    tell('It is stated; lineage shows it in a moment');
    onDone();
  };
  return (
    <FormDialog
      title={isLink ? `${titleOf(object)} belongs to …` : `${titleOf(object)} is one with …`}
      submit={isLink ? 'State the link' : 'State that they are one'}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={isComplete}
      isRunning={state.isRunning}
      problem={state.problem}
    >
      <TextInput
        label="The other object"
        description="Its number in any system, from its start"
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(undefined);
        }}
      />
      {text.trim().length >= LEAST_TEXT && (
        <Choices
          text={text.trim()}
          chosen={chosen}
          onChoose={setChosen}
          isOffered={(choice) => choice.id !== object.id && (isLink || choice.type === object.type)}
        />
      )}
      {isLink && (
        <div className={styles['amount']}>
          <TextInput
            label="Amount"
            description="If only a part of it is meant"
            placeholder="1250.00"
            inputMode="decimal"
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.value)}
          />
          <TextInput
            label="Currency"
            description="ISO 4217"
            placeholder="EUR"
            maxLength={3}
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value)}
          />
        </div>
      )}
      <Textarea
        label="Reason"
        description="Kept as evidence"
        placeholder={isLink ? 'The remittance advice says so' : 'They have one VAT number'}
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

type ChoicesProps = {
  text: string;
  chosen: string | undefined;
  onChoose: (id: string) => void;
  isOffered: (choice: ObjectChoice) => boolean;
};

function Choices({ text, chosen, onChoose, isOffered }: ChoicesProps) {
  const { data, error } = useLoad(ObjectChoicesDocument, { text }, { keepPrevious: true });
  const found = (data?.search.edges ?? []).flatMap(({ node }) => ('id' in node ? [node] : [])).filter(isOffered);
  if (error) return <p role="alert">The search failed; try another text.</p>;
  if (data && found.length === 0) return <p className="muted">No other object that this could be starts like that.</p>;
  return (
    <Radio.Group label="Which one" value={chosen ?? null} onChange={onChoose}>
      <div className={styles['choices']}>
        {found.map((choice) => (
          <Radio key={choice.id} value={choice.id} label={<Choice choice={choice} />} />
        ))}
      </div>
    </Radio.Group>
  );
}

function Choice({ choice }: { choice: ObjectChoice }) {
  const { counterparty, amount } = choice;
  const parts = [counterparty, amount && formatMoney(amount)].filter(Boolean);
  return (
    <>
      {nameOf(choice)}
      {parts.length > 0 && <span className="muted"> · {parts.join(', ')}</span>}
    </>
  );
}
