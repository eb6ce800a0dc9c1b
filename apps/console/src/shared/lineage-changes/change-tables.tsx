import { formatMoney } from '../format/money.js';
import { countNumber, titleWords } from '../format/words.js';
import { ScrollRegion } from '../page/scroll-region.js';
import type { ChangeReport } from './change-documents.js';
import { exceptionsWords } from './change-words.js';
import page from '../page/list-page.module.css';
import styles from './lineage-changes.module.css';

type Money = { amount: string; currency: string } | null;

const shown = (money: Money) => (money === null ? 'not known' : formatMoney(money));

/** Amounts of documents per kind, entity and currency, before and after, with what is open at them. */
export function MoneyChanges({ money, caption }: { money: ChangeReport['money']; caption: string }) {
  if (money === null) return <p className="muted">Its money is for those who may read transactions.</p>;
  if (money.length === 0) return <p>No document’s money changes.</p>;
  const hasOpen = money.some(({ openBefore, openAfter }) => openBefore !== null || openAfter !== null);
  return (
    <ScrollRegion label={caption}>
      <table className={page['plain']}>
        <caption className={styles['caption']}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Of</th>
            <th scope="col">Entity</th>
            <th scope="col" data-align="end">
              Documents
            </th>
            <th scope="col" data-align="end">
              Before
            </th>
            <th scope="col" data-align="end">
              After
            </th>
            {hasOpen && (
              <>
                <th scope="col" data-align="end">
                  Open before
                </th>
                <th scope="col" data-align="end">
                  Open after
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {money.map((one) => (
            <tr key={`${one.objectType} ${one.legalEntity ?? ''} ${one.before.currency}`}>
              <td>{titleWords(one.objectType)}</td>
              <td>{one.legalEntity ?? '–'}</td>
              <td data-align="end">{countNumber(one.documents)}</td>
              <td data-align="end" className={styles['amount']}>
                {shown(one.before)}
              </td>
              <td data-align="end" className={styles['amount']}>
                {shown(one.after)}
              </td>
              {hasOpen && (
                <>
                  <td data-align="end" className={styles['amount']}>
                    {shown(one.openBefore)}
                  </td>
                  <td data-align="end" className={styles['amount']}>
                    {shown(one.openAfter)}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const BECOMES: Readonly<Record<string, string>> = { opens: 'Opens', closes: 'Closes', changes: 'Changes' };

/** What becomes of exceptions: counts, and the first of them. */
export function ExceptionChanges({ exceptions }: { exceptions: ChangeReport['exceptions'] }) {
  const first = exceptions.first ?? [];
  const words = exceptionsWords(exceptions);
  return (
    <div className={styles['block']}>
      <p>{`${words.charAt(0).toUpperCase()}${words.slice(1)}.`}</p>
      {first.length > 0 && (
        <ul className={styles['list']} aria-label="First of these exceptions">
          {first.map(({ what, about, label }, index) => (
            // a report never changes its order
            <li key={index}>
              {BECOMES[what] ?? what}: {label} <span className="muted">{about}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
