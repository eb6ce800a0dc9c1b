import { TextInput } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { TransactionFilter, TransactionsQuery } from '../../gql/graphql.js';
import { count } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { Icon } from '../../shared/icons/icon.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Empty } from '../../shared/states/states.js';
import { transactionState } from '../../shared/status/state-words.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { toggled } from '../../shared/toggled.js';
import { TRANSACTION_STATES, transactionHref, transactionsHref, type TransactionsSearch } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { useLegalEntities } from '../../shared/viewer/legal-entities.js';
import { ExportMenu } from './export-menu.js';
import { transactionColumns } from './transaction-columns.js';
import { TransactionsDocument, type TransactionRow } from './transaction-documents.js';
import styles from './transactions-page.module.css';

const PAGE = 100;
const selectTransactions = (data: TransactionsQuery) => data.transactions;
const rowId = (row: TransactionRow) => row.id;

function filterOf(search: TransactionsSearch): TransactionFilter {
  const filter: TransactionFilter = {};
  if (search.state.length > 0) filter.states = [...search.state];
  if (search.entity.length > 0) filter.legalEntities = [...search.entity];
  if (search.text !== undefined) filter.text = search.text;
  return filter;
}

/** Every transaction, the latest activity first. */
export function TransactionsPage({ search }: { search: TransactionsSearch }) {
  const { go } = useNavigation();
  const now = useNow();
  const entities = useLegalEntities();
  const filter = filterOf(search);
  const orderBy = search.order === 'started' ? 'STARTED_DESC' : 'LAST_ACTIVITY_DESC';
  const pages = usePages(TransactionsDocument, { first: PAGE, filter, orderBy }, selectTransactions, {
    keepPrevious: true,
  });
  const rows = pages.nodes;
  const change = useCallback((next: TransactionsSearch) => go(transactionsHref(next), { replace: true }), [go]);
  const open = useCallback((id: string) => go(transactionHref(id)), [go]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({ ids, noun: 'transaction', onOpen: open });
  const columns = useMemo(
    () => transactionColumns(now, search.order, (order) => change({ ...search, order })),
    [now, search, change],
  );
  const isNarrowed = search.state.length > 0 || search.entity.length > 0 || search.text !== undefined;

  return (
    <div className={styles['page']}>
      <PageHeader
        name="Transactions"
        asOf={pages.asOf}
        answer={pages.data ? answer(search, pages.totalCount, pages.isEstimate) : 'Transactions'}
        actions={
          pages.data && (
            <ExportMenu
              chosen={{ filter: isNarrowed ? JSON.stringify(filter) : undefined, orderBy }}
              total={pages.totalCount}
              isEstimate={pages.isEstimate}
            />
          )
        }
      />
      <FilterBar
        groups={[
          {
            name: 'State',
            choices: TRANSACTION_STATES.map((state) => ({
              id: state,
              name: transactionState(state).word,
              isChosen: search.state.includes(state),
              href: transactionsHref({ ...search, state: toggled(search.state, state) }),
            })),
          },
          {
            name: 'Entity',
            choices: entities.map(({ code }) => ({
              id: code,
              name: code,
              isChosen: search.entity.includes(code),
              href: transactionsHref({ ...search, entity: toggled(search.entity, code) }),
            })),
          },
        ]}
        clearHref={isNarrowed ? transactionsHref({ order: search.order }) : undefined}
        aside={<FilterText key={search.text} text={search.text} onText={(text) => change({ ...search, text })} />}
      />
      <div className={styles['table']}>
        <PagedTable
          pages={pages}
          label="Transactions"
          noun="transactions"
          columns={columns}
          rowId={rowId}
          cursor={cursor}
          onOpen={open}
          empty={
            <Empty
              title={isNarrowed ? 'No transaction matches these filters' : 'No transaction has been seen yet'}
              action={isNarrowed && <AppLink href={transactionsHref()}>Clear the filters</AppLink>}
            >
              {!isNarrowed &&
                'A transaction begins when its anchor, such as a contract, is first reported by an integration.'}
            </Empty>
          }
        />
      </div>
    </div>
  );
}

function answer(search: TransactionsSearch, total: number, isEstimate: boolean): string {
  const words = search.state.map((state) => transactionState(state).word.toLowerCase());
  const kind = words.length === 0 ? 'transaction' : `${words.join(' or ')} transaction`;
  const entity = search.entity.length === 0 ? '' : ` of ${search.entity.join(' and ')}`;
  const text = search.text === undefined ? '' : ` with “${search.text}”`;
  return `${isEstimate ? 'About ' : ''}${count(total, kind)}${entity}${text}.`;
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
