import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { SaveMoneyToleranceDocument, type EntitySetting, type ToleranceSetting } from './legal-entity-documents.js';
import { basisPointsOf } from './tolerance-words.js';

type ToleranceDialogProps = {
  entity: EntitySetting;
  /** those of the entity */
  tolerances: readonly ToleranceSetting[];
  onClose: () => void;
  onDone: (words: string) => void;
};

/** Up to which difference an entity lets an open rest go, in one currency at a time. */
export function ToleranceDialog({ entity, tolerances, onClose, onDone }: ToleranceDialogProps) {
  const [{ currency, amount, percent }, setStated] = useState(() => knownOf(tolerances, entity.currency));
  const save = useAct(SaveMoneyToleranceDocument);
  const basisPoints = basisPointsOf(percent);
  const submit = async () => {
    if (basisPoints === undefined) return;
    const stated = { currency: currency.trim(), amount: amount.trim(), basisPoints };
    const done = await save.run({ legalEntity: entity.code, ...stated });
    if (done) onDone(`The tolerance of ${entity.code} in ${stated.currency} is saved`);
  };
  return (
    <FormDialog
      title={`Differences that ${entity.code} lets go`}
      submit="Save"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={amount.trim() !== '' && currency.trim() !== '' && basisPoints !== undefined}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      <p>A difference up to this is no break and opens no exception.</p>
      <TextInput
        label="Currency"
        maxLength={3}
        value={currency}
        onChange={(event) => setStated(knownOf(tolerances, event.currentTarget.value.toUpperCase()))}
      />
      <TextInput
        data-autofocus
        label="Amount"
        description="0: every difference is pursued"
        value={amount}
        onChange={(event) => setStated({ currency, percent, amount: event.currentTarget.value })}
      />
      <TextInput
        label="Share of the amount in percent"
        description="Empty: the amount alone counts. Where both are given, both hold"
        value={percent}
        error={basisPoints === undefined && 'It must be a number from 0 to 100 with at most two decimals'}
        onChange={(event) => setStated({ currency, amount, percent: event.currentTarget.value })}
      />
    </FormDialog>
  );
}

/** What is stated of a currency so far. */
function knownOf(tolerances: readonly ToleranceSetting[], currency: string) {
  const known = tolerances.find((tolerance) => tolerance.currency === currency.trim());
  const points = known?.basisPoints ?? null;
  return { currency, amount: known?.amount ?? '0', percent: points === null ? '' : String(points / 100) };
}
