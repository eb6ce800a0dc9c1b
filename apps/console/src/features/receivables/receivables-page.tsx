import { Fragment } from 'react';
import { graphql } from '../../gql/index.js';
import type { ReceivablesPageQuery } from '../../gql/graphql.js';
import { isZero } from '../../shared/format/money.js';
import { calendarDay } from '../../shared/format/time.js';
import { count, cutMiddle } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status, type Tone } from '../../shared/status/status.js';
import { objectHref, receivablesHref, type ReceivablesSearch } from '../../shared/url.js';
import { useLegalEntities } from '../../shared/viewer/legal-entities.js';
import page from '../../shared/page/list-page.module.css';
import { flagWord, habitWords, receivablesAnswer } from './receivables-answer.js';
import styles from './receivables-page.module.css';

const ReceivablesPageDocument = graphql(`
  query ReceivablesPage($legalEntity: String) {
    receivables(legalEntity: $legalEntity) {
      asOf
      unknownInvoices
      isTruncated
      totals {
        open {
          amount
          currency
        }
        high {
          amount
          currency
        }
        medium {
          amount
          currency
        }
        low {
          amount
          currency
        }
      }
      lines {
        legalEntity
        region
        currency
        expectedOn
        invoices
        open {
          amount
          currency
        }
        high {
          amount
          currency
        }
        medium {
          amount
          currency
        }
        low {
          amount
          currency
        }
        flags {
          flag
          invoices
        }
        largest {
          object {
            id
            key
          }
          counterparty
          open {
            amount
            currency
          }
          dueOn
          confidence
          flags
          usualDelayDays
          paymentsSeen
        }
      }
    }
  }
`);

type Receivables = ReceivablesPageQuery['receivables'];
type Line = Receivables['lines'][number];

const CONFIDENCE: Record<string, Tone> = { high: 'good', medium: 'info', low: 'warning' };

/** What customers still owe, by the day on which it is expected. */
export function ReceivablesPage({ search }: { search: ReceivablesSearch }) {
  const entities = useLegalEntities();
  const { data, error, isLoading, asOf, reload } = useLoad(
    ReceivablesPageDocument,
    { ...(search.entity !== undefined && { legalEntity: search.entity }) },
    { keepPrevious: true },
  );
  const receivables = data?.receivables;
  return (
    <div>
      <PageHeader
        name="Receivables"
        asOf={asOf}
        answer={receivables ? receivablesAnswer(receivables.totals) : 'Receivables'}
      />
      <FilterBar
        groups={[
          {
            name: 'Entity',
            choices: entities.map(({ code }) => ({
              id: code,
              name: code,
              isChosen: search.entity === code,
              href: receivablesHref({ entity: search.entity === code ? undefined : code }),
            })),
          },
        ]}
      />
      <div className={styles['body']}>
        {isLoading && <Loading label="receivables" rows={10} />}
        {error && !receivables && <Failed what="receivables" error={error} onRetry={reload} />}
        {receivables && <Loaded receivables={receivables} search={search} />}
      </div>
    </div>
  );
}

function Loaded({ receivables, search }: { receivables: Receivables; search: ReceivablesSearch }) {
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
            </tr>
          </thead>
          <tbody>
            {totals.map((total) => (
              <tr key={total.open.currency}>
                <td>{total.open.currency}</td>
                <Amounts of={total} />
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
                <th scope="col">Invoices</th>
                <th scope="col">Flags</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <LineRows key={lineId(line)} line={line} search={search} />
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

function LineRows({ line, search }: { line: Line; search: ReceivablesSearch }) {
  const id = lineId(line);
  const isOpen = search.line === id;
  return (
    <Fragment>
      <tr>
        <td>{line.expectedOn === null ? <span className="muted">no due date</span> : calendarDay(line.expectedOn)}</td>
        <td>{line.legalEntity ?? <span className="muted">–</span>}</td>
        <td>{line.region ?? <span className="muted">–</span>}</td>
        <Amounts of={line} />
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
          <td colSpan={9} className={styles['opened']}>
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
