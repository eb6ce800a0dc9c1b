import type { ReactNode } from 'react';
import { countNumber } from '../format/words.js';
import { AppLink } from '../navigation.js';
import styles from './section-tabs.module.css';

export type SectionTab = {
  id: string;
  name: string;
  href: string;
  count?: number | undefined;
  isEstimate?: boolean | undefined;
};

type SectionTabsProps = { label: string; tabs: readonly SectionTab[]; chosen: string; aside?: ReactNode };

/** The parts of one screen as links, so that each has an address of its own. */
export function SectionTabs({ label, tabs, chosen, aside }: SectionTabsProps) {
  return (
    <div className={styles['bar']}>
      <nav className={styles['tabs']} aria-label={label}>
        {tabs.map((tab) => (
          <AppLink
            key={tab.id}
            replace
            href={tab.href}
            className={styles['tab']}
            aria-current={tab.id === chosen ? 'true' : undefined}
          >
            {tab.name}
            {tab.count !== undefined && (
              <span className={styles['count']}>
                {tab.isEstimate && 'about '}
                {countNumber(tab.count)}
              </span>
            )}
          </AppLink>
        ))}
      </nav>
      {aside}
    </div>
  );
}
