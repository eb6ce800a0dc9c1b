import { Button, Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { fromLocalInput, toLocalInput } from '../../shared/format/local-input.js';
import { Icon } from '../../shared/icons/icon.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { transactionState } from '../../shared/status/state-words.js';
import { toggled } from '../../shared/toggled.js';
import {
  MILESTONE_STANDINGS,
  REGIONS,
  TRANSACTION_STATES,
  parseTransactionsSearch,
  transactionsHref,
  type TransactionsSearch,
} from '../../shared/url.js';
import { useLegalEntities } from '../../shared/viewer/legal-entities.js';
import { useSourceSystemNames } from '../../shared/viewer/source-systems.js';
import { chipsOf, isNarrowed, standingWords, widened } from './transaction-filter.js';
import styles from './transaction-filters.module.css';

type TransactionFiltersProps = {
  search: TransactionsSearch;
  onSearch: (search: TransactionsSearch) => void;
  /** the address of the screen under other filters; that of the list unless said otherwise */
  hrefOf?: (search: TransactionsSearch) => string;
};

/** State, entity and text at hand; the other filters behind a button, each as a sign that takes it away once it is set. */
export function TransactionFilters({ search, onSearch, hrefOf = transactionsHref }: TransactionFiltersProps) {
  const entities = useLegalEntities();
  const chips = chipsOf(search);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <FilterBar
        groups={[
          {
            name: 'State',
            choices: TRANSACTION_STATES.map((state) => ({
              id: state,
              name: transactionState(state).word,
              isChosen: search.state.includes(state),
              href: hrefOf({ ...search, state: toggled(search.state, state) }),
            })),
          },
          {
            name: 'Entity',
            choices: entities.map(({ code }) => ({
              id: code,
              name: code,
              isChosen: search.entity.includes(code),
              href: hrefOf({ ...search, entity: toggled(search.entity, code) }),
            })),
          },
          ...(chips.length === 0
            ? []
            : [
                {
                  name: 'Only',
                  choices: chips.map(({ id, name, without }) => ({
                    id,
                    name,
                    isChosen: true,
                    href: hrefOf(without),
                  })),
                },
              ]),
        ]}
        clearHref={isNarrowed(search) ? hrefOf(widened(search)) : undefined}
        aside={
          <span className={styles['aside']}>
            <Button
              size="xs"
              variant="default"
              aria-expanded={isOpen}
              aria-controls="more-filters"
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? 'Fewer filters' : 'More filters'}
            </Button>
            <FilterText key={search.text} text={search.text} onText={(text) => onSearch({ ...search, text })} />
          </span>
        }
      />
      {isOpen && <MoreFilters search={search} onSearch={onSearch} />}
    </>
  );
}

function MoreFilters({ search, onSearch }: TransactionFiltersProps) {
  const systems = useSourceSystemNames();
  // What is no amount, day or currency never reaches the address.
  const set = (part: Partial<TransactionsSearch>) => onSearch(parseTransactionsSearch({ ...search, ...part }));
  const field = (name: TextName, label: string, more: FieldProps = {}) => (
    <Field
      key={`${name} ${search[name] ?? ''}`}
      label={label}
      value={search[name]}
      onValue={(value) => set({ [name]: value })}
      {...more}
    />
  );
  const instant = (name: 'from' | 'to', label: string) => (
    <TextInput
      type="datetime-local"
      label={label}
      title="Your time"
      value={toLocalInput(search[name])}
      onChange={(event) => set({ [name]: fromLocalInput(event.currentTarget.value) })}
    />
  );
  return (
    <div id="more-filters" role="group" aria-label="More filters" className={styles['fields']}>
      {field('workflow', 'Workflow', { placeholder: 'order-to-cash' })}
      <Select
        label="Region"
        placeholder="Every region"
        clearable
        data={[...REGIONS]}
        value={search.region[0] ?? null}
        onChange={(region) => set({ region: REGIONS.filter((one) => one === region) })}
      />
      <Select
        label="System"
        placeholder="Every system"
        searchable
        clearable
        data={systems.map(({ name, title }) => ({ value: name, label: title }))}
        value={search.system ?? null}
        onChange={(system) => set({ system: system ?? undefined })}
      />
      {field('party', 'Customer or supplier', { placeholder: 'From the beginning of the name' })}
      {field('currency', 'Currency', { placeholder: 'EUR', toValue: (text) => text.toUpperCase() })}
      {field('min', 'Amount from', { inputMode: 'decimal', placeholder: '1000.00' })}
      {field('max', 'Amount to', { inputMode: 'decimal' })}
      {field('milestone', 'Milestone', { placeholder: 'invoice-posted' })}
      <Select
        label="Stands"
        allowDeselect={false}
        disabled={search.milestone === undefined}
        data={MILESTONE_STANDINGS.map((standing) => ({ value: standing, label: standingWords(standing) }))}
        value={search.standing}
        onChange={(standing) => set({ standing: MILESTONE_STANDINGS.find((one) => one === standing) ?? 'WAITING' })}
      />
      {field('period', 'Posting period', { type: 'month' })}
      {field('dueFrom', 'Due from', { type: 'date' })}
      {field('dueTo', 'Due to', { type: 'date' })}
      {field('valueFrom', 'Value date from', { type: 'date' })}
      {field('valueTo', 'Value date to', { type: 'date' })}
      {field('account', 'Bank account', { placeholder: 'IBAN' })}
      {field('age', 'Started days ago, at least', { inputMode: 'numeric' })}
      {instant('from', 'Last activity from')}
      {instant('to', 'Last activity to')}
    </div>
  );
}

type TextName = Exclude<
  {
    [N in keyof TransactionsSearch]: TransactionsSearch[N] extends string | undefined ? N : never;
  }[keyof TransactionsSearch],
  'from' | 'to' | 'standing' | 'order' | 'text'
>;

type FieldProps = {
  type?: 'date' | 'month';
  inputMode?: 'decimal' | 'numeric';
  placeholder?: string;
  toValue?: (text: string) => string;
};

/** A field that filters when it is left or entered, never at each letter. */
function Field(
  props: FieldProps & { label: string; value: string | undefined; onValue: (value: string | undefined) => void },
) {
  const { label, value, onValue, toValue = (text) => text, ...input } = props;
  const [text, setText] = useState(value ?? '');
  const commit = () => {
    const wanted = text.trim() === '' ? undefined : toValue(text.trim());
    if (wanted !== value) onValue(wanted);
  };
  return (
    <TextInput
      label={label}
      {...input}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}

function FilterText({ text: asked, onText }: { text: string | undefined; onText: (text: string | undefined) => void }) {
  const [text, setText] = useState(asked ?? '');
  const input = useRef<HTMLInputElement>(null);
  useKeys([{ keys: 'f', label: 'Filter by text', group: 'List', run: () => input.current?.focus() }]);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = text.trim() === '' ? undefined : text.trim();
        if (wanted !== asked) onText(wanted);
      }}
    >
      <TextInput
        ref={input}
        w={280}
        aria-label="Filter by key or customer"
        placeholder="Filter by key or customer"
        value={text}
        leftSection={<Icon name="search" size={13} />}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
        onBlur={(event) => event.currentTarget.form?.requestSubmit()}
      />
    </form>
  );
}
