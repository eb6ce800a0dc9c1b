import { useMemo, useState } from 'react';
import type { ExchangeRatesQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { capital, count } from '../../shared/format/words.js';
import { rateTypeWords } from '../../shared/reporting/converted-words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { tell } from '../../shared/tell.js';
import { exchangeRatesHref, type ExchangeRatesSearch } from '../../shared/url-settings.js';
import { ImportDialog } from './import-dialog.js';
import { ExchangeRateTypesDocument, ExchangeRatesDocument, type RateKind, type RateRow } from './rate-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const selectRates = (data: ExchangeRatesQuery) => data.exchangeRates;
/** A rate is all in its row. */
const nothingMore = () => undefined;
const rowId = (row: RateRow) => `${row.date} ${row.currency}`;

const COLUMNS: readonly DataColumn<RateRow>[] = [
  { id: 'date', header: 'Date', width: 120, cell: (row) => row.date },
  { id: 'currency', header: 'Currency', width: 100, cell: (row) => row.currency },
  {
    id: 'rate',
    header: 'Rate',
    width: 220,
    align: 'end',
    cell: (row) => `1 ${row.base} = ${row.rate} ${row.currency}`,
  },
  { id: 'source', header: 'Source', cell: (row) => row.source },
  {
    id: 'imported',
    header: 'Taken in',
    width: 170,
    hideBelow: 900,
    cell: (row) => <time title={exactInstant(row.importedAt)}>{dateTime(row.importedAt)}</time>,
  },
];

/** What amounts are converted by: dated rates of each type, taken in from files. */
export function ExchangeRatesPage({ search }: { search: ExchangeRatesSearch }) {
  const { go } = useNavigation();
  const { data, error, isLoading, asOf, reload } = useLoad(ExchangeRateTypesDocument, {});
  const [isImporting, setImporting] = useState(false);
  const [imports, setImports] = useState(0);
  const kinds = data?.exchangeRateKinds ?? [];
  const chosen = kinds.find(({ type }) => type === search.type) ?? kinds[0];
  const done = (words: string, type: string | undefined) => {
    tell(words);
    setImporting(false);
    setImports((before) => before + 1);
    reload();
    if (type !== undefined) go(exchangeRatesHref({ type }), { replace: true });
  };
  return (
    <div className={page['page']}>
      <PageHeader
        name="Exchange rates"
        asOf={asOf}
        answer={data ? answerOf(chosen) : 'Exchange rates'}
        detail="Amounts are converted at the last rate of a type at or before the day; every figure says type and date."
        actions={
          <PermittedButton
            needs="catalog.write"
            what="Taking in exchange rates"
            size="xs"
            onClick={() => setImporting(true)}
          >
            Take in a file
          </PermittedButton>
        }
      />
      {kinds.length > 0 && (
        <SectionTabs
          label="Types of rates"
          chosen={chosen?.type ?? ''}
          tabs={kinds.map(({ type, rates }) => ({
            id: type,
            name: capital(rateTypeWords(type)),
            href: exchangeRatesHref({ type }),
            count: rates,
          }))}
        />
      )}
      {isLoading && <Loading label="exchange rates" rows={8} />}
      {error && !data && <Failed what="exchange rates" error={error} onRetry={reload} />}
      {data && !chosen && (
        <Empty title="There are no exchange rates">
          Amounts in other currencies than the reporting one cannot be added up. Take in a file of the European Central
          Bank, or one of your own.
        </Empty>
      )}
      {chosen && <RateList key={`${chosen.type} ${imports}`} type={chosen.type} />}
      {isImporting && <ImportDialog onClose={() => setImporting(false)} onDone={done} />}
    </div>
  );
}

function answerOf(kind: RateKind | undefined): string {
  if (kind === undefined) return 'There are no exchange rates.';
  const { type, rates, from, to, longestAgeDays } = kind;
  return `${count(rates, 'rate')} of ${rateTypeWords(type)} from ${from} to ${to}, each used for ${count(longestAgeDays, 'day')}.`;
}

function RateList({ type }: { type: string }) {
  const variables = useMemo(() => ({ type, first: PAGE }), [type]);
  const pages = usePages(ExchangeRatesDocument, variables, selectRates, { policy: 'network-only' });
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const cursor = useListCursor({ ids, noun: 'rate', onOpen: nothingMore });
  return (
    <PagedTable
      pages={pages}
      label={`Rates of type ${rateTypeWords(type)}`}
      noun="rates"
      columns={COLUMNS}
      rowId={rowId}
      cursor={cursor}
      empty={<Empty title="There are no rates of this type" />}
    />
  );
}
