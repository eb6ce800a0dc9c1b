import { Select, TextInput } from '@mantine/core';
import { useRef, useState, type ReactNode } from 'react';
import { toLocalInput, fromLocalInput } from '../../shared/format/local-input.js';
import { cutMiddle } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { signalKind, signalState } from '../../shared/signals/signal-words.js';
import { toggled } from '../../shared/toggled.js';
import {
  SIGNAL_KINDS,
  SIGNAL_STATES,
  SIGNAL_WINDOWS,
  signalsHref,
  type SignalsSearch,
  type SignalWindow,
} from '../../shared/url.js';
import { useSourceSystemNames } from '../../shared/viewer/source-systems.js';
import { isNarrowed } from './signals-documents.js';
import styles from './signals.module.css';

const WINDOWS: Record<SignalWindow, string> = { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days' };
// More sources than this are chosen from a list instead of standing side by side.
const MOST_CHOICES = 8;

type SignalFiltersProps = { search: SignalsSearch; onSearch: (search: SignalsSearch) => void };

/** State, kind and source system; every choice is a link. */
export function SignalFilters({ search, aside }: { search: SignalsSearch; aside?: ReactNode }) {
  const systems = useSourceSystemNames();
  const own = { ...search, open: undefined };
  const fixed = [
    ...(search.file === undefined ? [] : [{ id: 'file', name: 'One file', next: { ...own, file: undefined } }]),
    ...(search.mapping === undefined
      ? []
      : [{ id: 'mapping', name: `Mapping ${search.mapping}`, next: { ...own, mapping: undefined } }]),
    ...(search.flow === undefined
      ? []
      : [{ id: 'flow', name: `Flow ${cutMiddle(search.flow, 30)}`, next: { ...own, flow: undefined } }]),
  ];
  return (
    <FilterBar
      groups={[
        {
          name: 'State',
          choices: SIGNAL_STATES.map((state) => ({
            id: state,
            name: signalState(state).word,
            isChosen: search.state.includes(state),
            href: signalsHref({ ...own, state: toggled(search.state, state) }),
          })),
        },
        {
          name: 'Came as',
          choices: SIGNAL_KINDS.map((kind) => ({
            id: kind,
            name: signalKind(kind),
            isChosen: search.kind.includes(kind),
            href: signalsHref({ ...own, kind: toggled(search.kind, kind) }),
          })),
        },
        ...(systems.length > 0 && systems.length <= MOST_CHOICES
          ? [
              {
                name: 'Source',
                choices: systems.map(({ name }) => ({
                  id: name,
                  name,
                  isChosen: search.system.includes(name),
                  href: signalsHref({ ...own, system: toggled(search.system, name) }),
                })),
              },
            ]
          : []),
        ...(fixed.length > 0
          ? [
              {
                name: 'Only',
                choices: fixed.map(({ id, name, next }) => ({ id, name, isChosen: true, href: signalsHref(next) })),
              },
            ]
          : []),
      ]}
      aside={aside}
      clearHref={isNarrowed(search) ? signalsHref({ order: search.order }) : undefined}
    />
  );
}

/** Type and time, and the source system where there are too many to stand side by side. */
export function SignalFields({ search, onSearch }: SignalFiltersProps) {
  const systems = useSourceSystemNames();
  const own = { ...search, open: undefined };
  return (
    <div className={styles['filters']}>
      {systems.length > MOST_CHOICES && (
        <Select
          aria-label="Source system"
          placeholder="Every source system"
          searchable
          clearable
          w={200}
          data={systems.map(({ name, title }) => ({ value: name, label: title }))}
          value={search.system[0] ?? null}
          onChange={(name) => onSearch({ ...own, system: name === null ? [] : [name] })}
        />
      )}
      <TypeFilter key={search.type} type={search.type} onType={(type) => onSearch({ ...own, type })} />
      <TimeFilter search={search} onSearch={(next) => onSearch({ ...next, open: undefined })} />
    </div>
  );
}

function TypeFilter({ type, onType }: { type: string | undefined; onType: (type: string | undefined) => void }) {
  const [text, setText] = useState(type ?? '');
  const input = useRef<HTMLInputElement>(null);
  useKeys([{ keys: 'f', label: 'Filter by type', group: 'List', run: () => input.current?.focus() }]);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = text.trim() === '' ? undefined : text.trim();
        if (wanted !== type) onType(wanted);
      }}
    >
      <TextInput
        ref={input}
        w={260}
        aria-label="Type, whole"
        placeholder="Type, whole: invoice.finalized"
        value={text}
        leftSection={<Icon name="search" size={13} />}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
        onBlur={(event) => event.currentTarget.form?.requestSubmit()}
      />
    </form>
  );
}

function TimeFilter({ search, onSearch }: SignalFiltersProps) {
  const [isBetween, setBetween] = useState(search.from !== undefined || search.to !== undefined);
  const choose = (choice: string | null) => {
    setBetween(choice === 'between');
    if (choice === 'between') return;
    const since = SIGNAL_WINDOWS.find((window) => window === choice);
    onSearch({ ...search, since, from: undefined, to: undefined });
  };
  const bound = (name: 'from' | 'to', label: string) => (
    <TextInput
      type="datetime-local"
      aria-label={label}
      title={`${label}, your time`}
      w={190}
      value={toLocalInput(search[name])}
      onChange={(event) => onSearch({ ...search, since: undefined, [name]: fromLocalInput(event.currentTarget.value) })}
    />
  );
  return (
    <>
      <Select
        aria-label="Received"
        w={150}
        allowDeselect={false}
        data={[
          { value: 'any', label: 'At any time' },
          ...SIGNAL_WINDOWS.map((window) => ({ value: window, label: WINDOWS[window] })),
          { value: 'between', label: 'Between…' },
        ]}
        value={isBetween ? 'between' : (search.since ?? 'any')}
        onChange={choose}
      />
      {isBetween && (
        <>
          {bound('from', 'Received from')}
          {bound('to', 'Received to')}
        </>
      )}
    </>
  );
}
