import { NumberInput, Select } from '@mantine/core';
import { LIMIT_FIELDS, faultOf, mostOf, type LimitsDraft } from './limits-draft.js';
import type { Limits } from './sending-words.js';
import styles from './sending.module.css';

type LimitsFieldsProps = {
  draft: LimitsDraft;
  onChange: (draft: LimitsDraft) => void;
  /** what the target takes: rate and in flight are never more */
  bound?: Limits | undefined;
  isReadOnly?: boolean;
};

const PROOFS = [
  { value: 'VERIFIED', label: 'seen downstream' },
  { value: 'ACKNOWLEDGED', label: 'taken by the target' },
] as const;

/** How something is sent, as fields. */
export function LimitsFields({ draft, onChange, bound, isReadOnly = false }: LimitsFieldsProps) {
  return (
    <div className={styles['grid']}>
      {LIMIT_FIELDS.map((field) => {
        const { name, label, description, least } = field;
        const fault = faultOf(field, draft, bound);
        return (
          <NumberInput
            key={name}
            label={label}
            description={description}
            min={least}
            max={mostOf(field, bound)}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="none"
            readOnly={isReadOnly}
            {...(fault !== undefined && { error: fault })}
            value={draft[name]}
            onChange={(value) => onChange({ ...draft, [name]: typeof value === 'number' ? value : '' })}
          />
        );
      })}
      <Select
        label="Proved when"
        description="What the rest waits for"
        allowDeselect={false}
        readOnly={isReadOnly}
        data={[...PROOFS]}
        value={draft.canaryProof === '' ? null : draft.canaryProof}
        onChange={(value) => {
          const proof = PROOFS.find((one) => one.value === value);
          if (proof) onChange({ ...draft, canaryProof: proof.value });
        }}
      />
    </div>
  );
}
