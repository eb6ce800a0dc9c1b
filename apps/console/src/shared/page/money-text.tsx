import { formatAmount, type Money } from '../format/money.js';
import styles from './money-text.module.css';

/** An amount with its currency, muted, before it; a dash where there is none. */
export function MoneyText({ money, direction }: { money: Money | null | undefined; direction?: string | null }) {
  if (!money) return <span className="muted">–</span>;
  return (
    <span className={styles['money']} title={direction ? `${money.currency} ${money.amount}, ${direction}` : undefined}>
      <span className={styles['currency']}>{money.currency}</span> {formatAmount(money.amount)}
    </span>
  );
}
