import type { AskedSumPartsFragment } from '../../gql/graphql.js';
import { formatMoney } from '../../shared/format/money.js';
import { countNumber } from '../../shared/format/words.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import page from '../../shared/page/list-page.module.css';
import styles from './approvals-page.module.css';

/** Money of each legal entity in each currency: never added over two of them. */
export function AskedSums({ sums }: { sums: readonly AskedSumPartsFragment[] }) {
  return (
    <ScrollRegion label="Money at risk" className={`${page['scroll']} ${styles['frozen']}`}>
      <table className={page['plain']} aria-label="Money at risk">
        <thead>
          <tr>
            <th scope="col">Entity</th>
            <th scope="col" data-align="end">
              Inflow
            </th>
            <th scope="col" data-align="end">
              Outflow
            </th>
            <th scope="col" data-align="end">
              Exceptions
            </th>
          </tr>
        </thead>
        <tbody>
          {sums.map(({ legalEntity, currency, inflow, outflow, count }) => (
            <tr key={`${legalEntity ?? ''} ${currency}`}>
              <td>{legalEntity ?? 'not known'}</td>
              <td data-align="end">{formatMoney({ amount: inflow, currency })}</td>
              <td data-align="end">{formatMoney({ amount: outflow, currency })}</td>
              <td data-align="end">{countNumber(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
