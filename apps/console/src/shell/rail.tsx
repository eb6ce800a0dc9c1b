import { Tooltip } from '@mantine/core';
import { Icon, ProductSign } from '../shared/icons/icon.js';
import { AppLink } from '../shared/navigation.js';
import { homeHref } from '../shared/url.js';
import { useCan } from '../shared/viewer/viewer.js';
import { isWithin, NAVIGATION } from './navigation-items.js';
import styles from './app-frame.module.css';

type RailProps = { path: string; isCollapsed: boolean; onToggle: () => void };

export function Rail({ path, isCollapsed, onToggle }: RailProps) {
  const can = useCan();
  return (
    <nav className={styles['rail']} aria-label="Screens">
      <AppLink href={homeHref()} className={styles['brand']} aria-label="Throughline, home">
        <ProductSign />
        {!isCollapsed && <span>Throughline</span>}
      </AppLink>
      {NAVIGATION.filter((item) => can(item.needs)).map((item) => (
        <Tooltip
          key={item.name}
          label={`${item.name} (${item.keys})`}
          position="right"
          openDelay={isCollapsed ? 100 : 900}
        >
          <AppLink
            href={item.href}
            className={styles['item']}
            aria-current={isWithin(path, item.href) ? 'page' : undefined}
            aria-label={item.name}
          >
            <Icon name={item.icon} />
            {!isCollapsed && <span className={styles['itemName']}>{item.name}</span>}
          </AppLink>
        </Tooltip>
      ))}
      <span className={styles['grow']} />
      <button
        type="button"
        className={`${styles['item']} ${styles['collapse']}`}
        onClick={onToggle}
        aria-label={isCollapsed ? 'Widen the rail' : 'Narrow the rail'}
      >
        <Icon name="panel" />
        {!isCollapsed && <span>Collapse</span>}
      </button>
    </nav>
  );
}
