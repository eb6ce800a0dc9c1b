import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ExceptionsSearch } from '../../shared/url.js';
import styles from './exceptions.module.css';

type MoreFiltersProps = { search: ExceptionsSearch; onSearch: (search: ExceptionsSearch) => void };

type Written = Record<'min' | 'max' | 'pastFrom' | 'pastTo' | 'party', string>;

const AMOUNT = /^\d{1,15}(\.\d{1,2})?$/;
const DAYS = /^-?\d{1,4}$/;

const FIELDS: readonly { name: keyof Written; label: string; pattern?: RegExp; hint: string; width: number }[] = [
  { name: 'min', label: 'EUR at risk from', pattern: AMOUNT, hint: 'An amount such as 1000 or 1234.50', width: 120 },
  { name: 'max', label: 'up to', pattern: AMOUNT, hint: 'An amount such as 1000 or 1234.50', width: 120 },
  { name: 'pastFrom', label: 'Days past due from', pattern: DAYS, hint: 'A number of days such as 30', width: 110 },
  { name: 'pastTo', label: 'to', pattern: DAYS, hint: 'A number of days such as 30', width: 80 },
  { name: 'party', label: 'Counterparty', hint: '', width: 200 },
];

/** What is typed and not chosen: ranges, and the whole name of a counterparty. */
export function MoreFilters({ search, onSearch }: MoreFiltersProps) {
  const [written, setWritten] = useState<Written>({
    min: search.min ?? '',
    max: search.max ?? '',
    pastFrom: search.pastFrom ?? '',
    pastTo: search.pastTo ?? '',
    party: search.party ?? '',
  });
  const value = (name: keyof Written) => written[name].trim();
  const isWrong = ({ name, pattern }: (typeof FIELDS)[number]) =>
    value(name) !== '' && pattern !== undefined && !pattern.test(value(name));
  const apply = () => {
    if (FIELDS.some(isWrong)) return;
    const wanted = Object.fromEntries(FIELDS.map(({ name }) => [name, value(name) === '' ? undefined : value(name)]));
    if (FIELDS.some(({ name }) => wanted[name] !== search[name])) onSearch({ ...search, ...wanted });
  };
  return (
    <form
      className={styles['more']}
      aria-label="Ranges and counterparty"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      {FIELDS.map((field) => (
        <TextInput
          key={field.name}
          label={field.label}
          value={written[field.name]}
          error={isWrong(field) ? field.hint : undefined}
          style={{ width: field.width }}
          onChange={(event) => setWritten({ ...written, [field.name]: event.currentTarget.value })}
          onBlur={apply}
        />
      ))}
      <button type="submit" hidden />
    </form>
  );
}
