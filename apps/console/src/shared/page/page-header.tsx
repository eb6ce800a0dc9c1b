import type { ReactNode } from 'react';
import { clockTime } from '../format/time.js';
import styles from './page.module.css';

type PageHeaderProps = {
  /** the name of the screen, for the document's outline */
  name: string;
  /** the sentence that answers the page's question */
  answer: ReactNode;
  asOf?: Date | undefined;
  detail?: ReactNode;
  actions?: ReactNode;
};

/** Answer first: one sentence, as of when, and the primary action at the right. */
export function PageHeader({ name, answer, asOf, detail, actions }: PageHeaderProps) {
  return (
    <header className={styles['header']}>
      <div className={styles['headerText']}>
        <p className={styles['name']}>
          {name}
          {asOf && <span title={asOf.toISOString()}> · as of {clockTime(asOf, undefined, true)}</span>}
        </p>
        <h1 className={styles['answer']}>{answer}</h1>
        {detail && <div className={styles['detail']}>{detail}</div>}
      </div>
      {actions && <div className={styles['actions']}>{actions}</div>}
    </header>
  );
}
