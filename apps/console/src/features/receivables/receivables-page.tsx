import { Fragment } from 'react';
import { isZero } from '../../shared/format/money.js';
import { calendarDay } from '../../shared/format/time.js';
import { count, cutMiddle } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status, type Tone } from '../../shared/status/status.js';
import { ConvertedText } from '../../shared/reporting/converted-text.js';
import { NOT_CONVERTED, useReporting, type Reporting } from '../../shared/reporting/reporting.js';
import { ReportingChoice } from '../../shared/reporting/reporting-choice.js';
import { objectHref } from '../../shared/url.js';
import { receivablesHref, type ReceivablesSearch } from '../../shared/url-lineage.js';
import { useLegalEntities } from '../../shared/viewer/legal-entities.js';
import page from '../../shared/page/list-page.module.css';
import { flagWord, habitWords, receivablesAnswer, togetherWords } from './receivables-answer.js';
import { ReceivablesPageDocument, type Line, type Receivables } from './receivables-documents.js';
import styles from './receivables-page.module.css';

const CONFIDENCE: Record<string, Tone> = { high: 'good', medium: 'info', low: 'warning' };

/** What customers still owe, by the day on which it is expected. */
export function ReceivablesPage({ search }: { search: ReceivablesSearch }) {
  const { go } = useNavigation();
  const entities = useLegalEntities();
  const { reporting, choices, like } = useReporting({
    ...(search.in !== undefined && { currency: search.in }),
    ...(search.rate !== undefined && { rateType: search.rate }),
  });
  const choose = (next: Reporting) => {
    like(next);
    go(receivablesHref({ ...search, in: next.currency, rate: next.rateType }), { replace: true });
  };
  const { data, error, isLoading, asOf, reload } = useLoad(
    ReceivablesPageDocument,
    {
      ...(search.entity !== undefined && { legalEntity: search.entity }),
      ...(reporting.currency !== NOT_CONVERTED && { convertTo: reporting.currency, rateType: reporting.rateType }),
    },
    { keepPrevious: true },
  );
  const receivables = data?.receivables;
  return (
    <div>
      <PageHeader
        name="Receivables"
        asOf={asOf}
        answer={receivables ? receivablesAnswer(receivables.totals) : 'Receivables'}
        detail={receivables && togetherWords(receivables.totals, reporting)}
      />
      <FilterBar
        groups={[
          {
            name: 'Entity',
            choices: entities.map(({ code }) => ({
              id: code,
              name: code,
              isChosen: search.entity === code,
              href: receivablesHref({ ...search, line: undefined, entity: search.entity === code ? undefined : code }),
            })),
          },
        ]}
        aside={<ReportingChoice reporting={reporting} choices={choices} onChoose={choose} />}
      />
      <div className={styles['body']}>
        {isLoading && <Loading label="receivables" rows={10} />}
        {error && !receivables && <Failed what="receivables" error={error} onRetry={reload} />}
        {receivables && <Loaded receivables={receivables} search={search} currency={reporting.currency} />}
      </div>
    </div>
  );
}

function Loaded(props: { receivables: Receivables; search: ReceivablesSearch; currency: string }) {
  const { receivables, search, currency } = props;
  const isConverted = currency !== NOT_CONVERTED;
  const { lines, totals, unknownInvoices, isTruncated } = receivables;
  if (lines.length === 0) {
    return (
      <Panel title="Expected receipts">
        <Empty title="No open invoice is known">
          {unknownInvoices > 0
            ? `The open amount of ${count(unknownInvoices, 'invoice')} cannot be known.`
            : 'Invoices appear here once they are posted, until they are paid.'}
        </Empty>
      </Panel>
    );
  }
  return (
    <>
      <Panel title="Owed, by how far it can be counted on">
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">Currency</th>
              <AmountHeads names={['Open', 'High confidence', 'Medium', 'Low']} />
              {isConverted && <AmountHeads names={[`Open in ${currency}, by which rate`]} />}
            </tr>
          </thead>
          <tbody>
            {totals.map((total) => (
              <tr key={total.open.currency}>
                <td>{total.open.currency}</td>
                <Amounts of={total} />
                {isConverted && <InCurrency converted={total.converted} />}
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title="Expected receipts" aside={count(lines.length, 'line')}>
        <div className={page['scroll']}>
          <table className={page['plain']}>
            <thead>
              <tr>
                <th scope="col">Expected on</th>
                <th scope="col">Entity</th>
                <th scope="col">Region</th>
                <AmountHeads names={['Open', 'High confidence', 'Medium', 'Low']} />
                {isConverted && <AmountHeads names={[`Open in ${currency}`]} />}
                <th scope="col">Invoices</th>
                <th scope="col">Flags</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <LineRows key={lineId(line)} line={line} search={search} isConverted={isConverted} />
              ))}
            </tbody>
          </table>
        </div>
        <p className={styles['hint']}>
          Expected is the net due date and the customer’s usual delay, today at the earliest. Confidence falls with
          irregular or unknown payers and with open exceptions.
          {unknownInvoices > 0 &&
            ` The open amount of ${count(unknownInvoices, 'invoice')} cannot be known: in no sum.`}
          {isTruncated && ' There are more open invoices than were looked at.'}
        </p>
      </Panel>
    </>
  );
}

function lineId({ expectedOn, legalEntity, region, currency }: Line): string {
  return [expectedOn ?? 'none', legalEntity ?? '', region ?? '', currency].join('~');
}

function LineRows({ line, search, isConverted }: { line: Line; search: ReceivablesSearch; isConverted: boolean }) {
  const id = lineId(line);
  const isOpen = search.line === id;
  return (
    <Fragment>
      <tr>
        <td>{line.expectedOn === null ? <span className="muted">no due date</span> : calendarDay(line.expectedOn)}</td>
        <td>{line.legalEntity ?? <span className="muted">–</span>}</td>
        <td>{line.region ?? <span className="muted">–</span>}</td>
        <Amounts of={line} />
        {isConverted && <InCurrency converted={line.converted} isShort />}
        <td>
          <AppLink replace href={receivablesHref({ ...search, line: isOpen ? undefined : id })} aria-expanded={isOpen}>
            {count(line.invoices, 'invoice')}
          </AppLink>
        </td>
        <td>
          {line.flags.length === 0 ? (
            <span className="muted">–</span>
          ) : (
            line.flags.map(({ flag, invoices }) => `${invoices} ${flagWord(flag)}`).join(', ')
          )}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={isConverted ? 10 : 9} className={styles['opened']}>
            <Invoices line={line} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function Invoices({ line }: { line: Line }) {
  return (
    <>
      <table className={page['plain']} aria-label="Invoices of this line">
        <thead>
          <tr>
            <th scope="col">Invoice</th>
            <th scope="col">Customer</th>
            <AmountHeads names={['Open']} />
            <th scope="col">Due</th>
            <th scope="col">Usually pays</th>
            <th scope="col">Confidence</th>
            <th scope="col">Flags</th>
          </tr>
        </thead>
        <tbody>
          {line.largest.map((invoice) => (
            <tr key={invoice.object.id}>
              <td>
                <AppLink href={objectHref(invoice.object.id)}>
                  <span className="mono">{cutMiddle(invoice.object.key, 24)}</span>
                </AppLink>
              </td>
              <td>{invoice.counterparty ?? <span className="muted">–</span>}</td>
              <td data-align="end">
                <MoneyText money={invoice.open} />
              </td>
              <td>{invoice.dueOn === null ? <span className="muted">–</span> : calendarDay(invoice.dueOn)}</td>
              <td>{habitWords(invoice.usualDelayDays, invoice.paymentsSeen)}</td>
              <td>
                <Status tone={CONFIDENCE[invoice.confidence] ?? 'unknown'}>{invoice.confidence}</Status>
              </td>
              <td>{invoice.flags.map(flagWord).join(', ') || <span className="muted">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {line.invoices > line.largest.length && (
        <p className={styles['hint']}>The {line.largest.length} largest are shown.</p>
      )}
    </>
  );
}

function AmountHeads({ names }: { names: readonly string[] }) {
  return names.map((name) => (
    <th key={name} scope="col" data-align="end">
      {name}
    </th>
  ));
}

function Amounts({ of }: { of: Pick<Line, 'open' | 'high' | 'medium' | 'low'> }) {
  return ([of.open, of.high, of.medium, of.low] as const).map((money, index) => (
    <td key={index} data-align="end">
      <MoneyText money={isZero(money.amount) ? null : money} />
    </td>
  ));
}

function InCurrency({ converted, isShort = false }: { converted: Line['converted']; isShort?: boolean }) {
  return (
    <td data-align="end">
      <ConvertedText converted={converted} isShort={isShort} />
    </td>
  );
}
