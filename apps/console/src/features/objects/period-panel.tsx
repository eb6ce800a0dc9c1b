import { titleWords } from '../../shared/format/words.js';
import { Panel } from '../../shared/page/panel.js';
import { Status, type Tone } from '../../shared/status/status.js';
import type { AccountTypeStanding } from './object-documents.js';
import { OriginText } from './origin-text.js';
import styles from './object-page.module.css';

const TONES: Readonly<Record<string, Tone>> = { open: 'info', closing: 'waiting', closed: 'good' };

/** Where an accounting period stands for each account type. */
export function PeriodPanel({ standings }: { standings: readonly AccountTypeStanding[] }) {
  if (standings.length === 0) return null;
  return (
    <Panel title="Account types">
      <ul className={styles['rows']}>
        {standings.map(({ accountType, state, statedBy }) => (
          <li key={accountType}>
            <Status tone={TONES[state] ?? 'unknown'}>{titleWords(state)}</Status>
            <span>{accountType === '' ? 'All that are not named apart' : titleWords(accountType)}</span>
            <OriginText origin={statedBy} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
