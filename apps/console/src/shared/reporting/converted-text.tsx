import { MoneyText } from '../page/money-text.js';
import { Status } from '../status/status.js';
import { rateWords, type Converted } from './converted-words.js';
import styles from './reporting.module.css';

/** An amount in the reporting currency with the rate that it went by, or that there is none: never taken for zero. */
export function ConvertedText({ converted, isShort }: { converted: Converted | null | undefined; isShort?: boolean }) {
  if (!converted) return <span className="muted">–</span>;
  if (converted.amount === null) {
    return (
      <span title={converted.missing ?? undefined} className={styles['none']}>
        <Status tone="unknown">no rate</Status>
      </span>
    );
  }
  const rate = rateWords(converted);
  const source = converted.source === null ? '' : ` (${converted.source})`;
  return (
    <span title={rate === undefined ? 'In this currency already' : `${rate}${source}`}>
      <MoneyText money={converted.amount} />
      {!isShort && rate !== undefined && <span className={styles['rate']}> {rate}</span>}
    </span>
  );
}
