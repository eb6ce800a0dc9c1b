import { Select } from '@mantine/core';
import { rateTypeWords } from './converted-words.js';
import { NOT_CONVERTED, type Reporting, type UsedReporting } from './reporting.js';
import styles from './reporting.module.css';

type Props = Pick<UsedReporting, 'reporting' | 'choices'> & { onChoose: (reporting: Reporting) => void };

/** In which currency amounts are shown as well, and by rates of which type. */
export function ReportingChoice({ reporting, choices, onChoose }: Props) {
  return (
    <span className={styles['choice']}>
      <span aria-hidden="true">Also in</span>
      <Select
        w={116}
        aria-label="Reporting currency"
        allowDeselect={false}
        data={[
          ...choices.currencies.map((currency) => ({ value: currency, label: currency })),
          { value: NOT_CONVERTED, label: 'no other' },
        ]}
        value={reporting.currency}
        onChange={(currency) => currency !== null && onChoose({ ...reporting, currency })}
      />
      <span aria-hidden="true">by</span>
      <Select
        w={160}
        aria-label="Type of the rates"
        allowDeselect={false}
        disabled={reporting.currency === NOT_CONVERTED}
        data={choices.rateTypes.map((type) => ({ value: type, label: rateTypeWords(type) }))}
        value={reporting.rateType}
        onChange={(rateType) => rateType !== null && onChoose({ ...reporting, rateType })}
      />
    </span>
  );
}
