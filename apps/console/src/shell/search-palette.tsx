import { Modal } from '@mantine/core';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { graphql } from '../gql/index.js';
import { useLoad } from '../shared/graphql/use-load.js';
import { Icon } from '../shared/icons/icon.js';
import { useKeyboard } from '../shared/keyboard/keyboard.js';
import { useNavigation } from '../shared/navigation.js';
import { KeyCap } from '../shared/page/key-cap.js';
import { setColorScheme, useColorScheme } from '../shared/theme/appearance.js';
import { useCan } from '../shared/viewer/viewer.js';
import { matchPages, objectResults, type PaletteEntry } from './palette-entries.js';
import { NAVIGATION } from './navigation-items.js';
import styles from './search-palette.module.css';

const SearchDocument = graphql(`
  query Search($text: String!) {
    search(text: $text, first: 12) {
      totalCount
      edges {
        match {
          kind
          value
          name
          system
        }
        node {
          ... on BusinessObject {
            id
            type
            key
            legalEntity
            counterparty
            amount {
              amount
              currency
            }
            transactions(first: 1) {
              id
              anchor {
                key
              }
            }
          }
        }
      }
    }
  }
`);

const TYPING_PAUSE_MS = 160;

type SearchPaletteProps = { isOpen: boolean; onClose: () => void; onKeys: () => void };

/** There with the key that opens it: what is typed next is the search and never a key of the page below. */
const AT_ONCE = { duration: 0 };

/** One field for any business key, any page and any action. */
export function SearchPalette({ isOpen, onClose, onKeys }: SearchPaletteProps) {
  return (
    <Modal.Root opened={isOpen} onClose={onClose} size={620} yOffset="10vh" transitionProps={AT_ONCE}>
      <Modal.Overlay />
      <Modal.Content aria-label="Search">
        <Modal.Body className={styles['body'] ?? ''}>
          <Palette onClose={onClose} onKeys={onKeys} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const can = useCan();
  const { go } = useNavigation();
  const { list } = useKeyboard();
  const scheme = useColorScheme();
  const [text, setText] = useState('');
  const [cursor, setCursor] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const wanted = useSettled(text.trim());
  const search = useLoad(SearchDocument, { text: wanted }, { pause: wanted.length < 2 || !can('transaction.read') });

  const entries = useMemo<PaletteEntry[]>(() => {
    const pages: PaletteEntry[] = NAVIGATION.filter((item) => can(item.needs)).map((item) => ({
      id: item.href,
      kind: 'page',
      icon: item.icon,
      title: item.name,
      keys: item.keys,
      run: () => go(item.href),
    }));
    const actions: PaletteEntry[] = [
      {
        id: 'theme',
        kind: 'action',
        icon: scheme === 'dark' ? 'sun' : 'moon',
        title: scheme === 'dark' ? 'Use the light theme' : 'Use the dark theme',
        run: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
      },
      { id: 'keys', kind: 'action', icon: 'keyboard', title: 'Show all keys', keys: '?', run: onKeys },
    ];
    // What the page below can do with its own keys is offered by name as well.
    const ofPage = list()
      .filter((binding) => binding.group === 'Exception')
      .map((binding): PaletteEntry => ({
        id: binding.keys,
        kind: 'action',
        icon: 'arrowRight',
        title: binding.label,
        keys: binding.keys,
        run: binding.run,
      }));
    const found =
      wanted.length < 2
        ? []
        : objectResults(search.data?.search.edges.map(({ node, match }) => ({ ...node, match })) ?? [], go);
    return [...found, ...matchPages([...ofPage, ...pages, ...actions], text)];
  }, [can, go, list, scheme, onKeys, search.data, text, wanted]);

  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const key = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) setCursor((cursor + by + entries.length) % Math.max(entries.length, 1));
    else if (event.key === 'Enter') choose(entries[cursor]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={styles['field']}>
        <Icon name="search" />
        <input
          ref={field}
          data-autofocus
          role="combobox"
          aria-label="Search keys, pages and actions"
          aria-expanded="true"
          aria-controls="palette-results"
          aria-activedescendant={entries[cursor] ? `palette-${cursor}` : undefined}
          placeholder="Order, invoice, payment, page or action"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setCursor(0);
          }}
          onKeyDown={key}
        />
        <KeyCap keys="Escape" />
      </div>
      <div id="palette-results" role="listbox" aria-label="Results" className={styles['results']}>
        {entries.map((entry, index) => (
          <button
            type="button"
            tabIndex={-1}
            key={entry.kind + entry.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === cursor}
            className={styles['entry']}
            onMouseMove={() => setCursor(index)}
            onClick={() => choose(entry)}
          >
            <Icon name={entry.icon} />
            <span className={styles['title']}>
              {entry.kind === 'object' && <span className="muted">{entry.hint} </span>}
              <span className={entry.kind === 'object' ? 'mono' : undefined}>{entry.title}</span>
            </span>
            {entry.foundBy && <span className={styles['found']}>{entry.foundBy}</span>}
            <span className={styles['aside']}>{entry.aside}</span>
            {entry.keys && <KeyCap keys={entry.keys} />}
          </button>
        ))}
      </div>
      {entries.length === 0 && (
        <p className={styles['none']}>
          {search.isLoading
            ? 'Searching…'
            : `Nothing is known by “${text}”. Keys and names match from their beginning; case, separators and leading zeros do not count.`}
        </p>
      )}
      {search.error && <p className={styles['none']}>Keys cannot be searched now; pages and actions can.</p>}
    </>
  );
}
