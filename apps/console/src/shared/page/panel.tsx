import { useId, type ReactNode } from 'react';
import styles from './page.module.css';

type PanelProps = {
  title: string;
  /** what stands beside the title: a count, a link */
  aside?: ReactNode;
  children: ReactNode;
  /** no padding: for tables and lists that reach the edge */
  isFlush?: boolean;
};

export function Panel({ title, aside, children, isFlush = false }: PanelProps) {
  const id = useId();
  return (
    <section className={styles['panel']} aria-labelledby={id}>
      <div className={styles['panelHead']}>
        <h2 id={id} className={styles['panelTitle']}>
          {title}
        </h2>
        {aside && <div className={styles['panelAside']}>{aside}</div>}
      </div>
      <div className={isFlush ? undefined : styles['panelBody']} data-flush={isFlush || undefined}>
        {children}
      </div>
    </section>
  );
}

/** A row of named facts, read from left to right. */
export function Facts({ facts }: { facts: readonly { name: string; value: ReactNode; title?: string }[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map((fact) => (
        <div key={fact.name} title={fact.title}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
