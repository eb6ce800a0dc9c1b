import { formatAmount, isZero } from '../../shared/format/money.js';
import type { MoneyTotal } from '../../shared/format/money-words.js';
import { countNumber } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { exceptionsHref } from '../../shared/url.js';
import { Panel } from '../../shared/page/panel.js';
import { Empty } from '../../shared/states/states.js';
import styles from './home-page.module.css';

/** Money at risk by currency; inflow and outflow apart, never netted. */
export function MoneyTable({ totals }: { totals: readonly MoneyTotal[] }) {
  return (
    <Panel title="Money at risk" isFlush={totals.length === 0}>
      {totals.length === 0 ? (
        <Empty title="No money hangs on an exception" />
      ) : (
        <>
          <table className={styles['totals']}>
            <thead>
              <tr>
                <th scope="col">Currency</th>
                <th scope="col">Inflow</th>
                <th scope="col">Outflow</th>
                <th scope="col">Exceptions</th>
              </tr>
            </thead>
            <tbody>
              {totals.map((total) => (
                <tr key={total.currency}>
                  <th scope="row">{total.currency}</th>
                  <td>{isZero(total.inflow) ? '–' : formatAmount(total.inflow)}</td>
                  <td>{isZero(total.outflow) ? '–' : formatAmount(total.outflow)}</td>
                  <td>
                    <AppLink href={exceptionsHref()}>{countNumber(total.count)}</AppLink>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles['hint']}>
            Each unit of money counts once along the lineage, so a total can be less than the sum of its rows.
          </p>
        </>
      )}
    </Panel>
  );
}
