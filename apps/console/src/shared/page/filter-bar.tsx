import type { ReactNode } from 'react';
import { Icon } from '../icons/icon.js';
import { AppLink } from '../navigation.js';
import styles from './filter-bar.module.css';

type FilterGroup = {
  name: string;
  /** exactly one is always chosen, so that none can be taken away */
  isSingle?: boolean;
  choices: readonly { id: string; name: string; isChosen: boolean; href: string }[];
};

type FilterBarProps = { groups: readonly FilterGroup[]; clearHref?: string | undefined; aside?: ReactNode };

/** Filters as links in named groups; what is chosen carries the sign that takes it away. */
export function FilterBar({ groups, clearHref, aside }: FilterBarProps) {
  return (
    <div className={styles['bar']}>
      {groups.map((group) => (
        <div key={group.name} role="group" aria-label={group.name} className={styles['group']}>
          <span className={styles['name']}>{group.name}</span>
          {group.choices.map((choice) => (
            <AppLink
              key={choice.id}
              replace
              href={choice.href}
              className={styles['choice']}
              aria-current={choice.isChosen ? 'true' : undefined}
            >
              {choice.name}
              {choice.isChosen && !group.isSingle && <Icon name="close" size={10} />}
            </AppLink>
          ))}
        </div>
      ))}
      {clearHref && (
        <AppLink replace href={clearHref} className={styles['clear']}>
          Clear filters
        </AppLink>
      )}
      {aside && <div className={styles['aside']}>{aside}</div>}
    </div>
  );
}
