import { Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../icons/icon.js';
import { useNavigation } from '../navigation.js';
import styles from './list-page.module.css';

type DetailHeadProps = {
  /** what stands above the title: the kind of thing and its state */
  topline: ReactNode;
  title: ReactNode;
  /** the page of its own, where there is one */
  pageHref?: string | undefined;
  onClose?: (() => void) | undefined;
};

/** The head of what is open beside a list: state, sentence, and the way to its own page or back. */
export function DetailHead({ topline, title, pageHref, onClose }: DetailHeadProps) {
  const { go } = useNavigation();
  return (
    <header className={styles['head']}>
      <div className={styles['titles']}>
        <div className={styles['topline']}>{topline}</div>
        {onClose ? <h2 className={styles['title']}>{title}</h2> : <h1 className={styles['title']}>{title}</h1>}
      </div>
      {onClose && (
        <span className={styles['window']}>
          {pageHref && (
            <Tooltip label="Open on a page of its own">
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                aria-label="Open on a page of its own"
                onClick={() => go(pageHref)}
              >
                <Icon name="expand" size={14} />
              </Button>
            </Tooltip>
          )}
          <Tooltip label="Close (Esc)">
            <Button variant="subtle" color="gray" size="compact-xs" aria-label="Close the detail" onClick={onClose}>
              <Icon name="close" size={14} />
            </Button>
          </Tooltip>
        </span>
      )}
    </header>
  );
}
