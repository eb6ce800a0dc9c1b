import { Tooltip } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Icon, ProductSign } from '../shared/icons/icon.js';
import { AppLink } from '../shared/navigation.js';
import { homeHref } from '../shared/url.js';
import { useCan } from '../shared/viewer/viewer.js';
import { isWithin, NAVIGATION, type NavigationItem } from './navigation-items.js';
import styles from './app-frame.module.css';

type RailProps = { path: string; isCollapsed: boolean; onToggle: () => void };

export function Rail({ path, isCollapsed, onToggle }: RailProps) {
  const can = useCan();
  const rail = useRef<HTMLElement>(null);
  // the rail scrolls where the window is low: what is open is always to be seen in it
  useEffect(() => {
    rail.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [path]);
  return (
    <nav ref={rail} className={styles['rail']} aria-label="Screens">
      <AppLink href={homeHref()} className={styles['brand']} aria-label="Throughline, home">
        <ProductSign />
        {!isCollapsed && <span>Throughline</span>}
      </AppLink>
      {groupsOf(NAVIGATION.filter((item) => can(item.needs))).map((group) => (
        <Group key={group.items[0]?.name} name={group.name} isCollapsed={isCollapsed}>
          {group.items.map((item) => (
            <Item key={item.name} item={item} isCurrent={isWithin(path, item.href)} isCollapsed={isCollapsed} />
          ))}
        </Group>
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

/** Screens in their order, cut where the group changes. */
function groupsOf(items: readonly NavigationItem[]): { name: string | undefined; items: NavigationItem[] }[] {
  const groups: { name: string | undefined; items: NavigationItem[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last.name === item.group) last.items.push(item);
    else groups.push({ name: item.group, items: [item] });
  }
  return groups;
}

function Group(props: { name: string | undefined; isCollapsed: boolean; children: ReactNode }) {
  const id = useId();
  if (props.name === undefined) return <div className={styles['group']}>{props.children}</div>;
  return (
    <div role="group" aria-labelledby={id} className={styles['group']}>
      <span id={id} className={props.isCollapsed ? 'visually-hidden' : styles['groupName']}>
        {props.name}
      </span>
      {props.children}
    </div>
  );
}

function Item({ item, isCurrent, isCollapsed }: { item: NavigationItem; isCurrent: boolean; isCollapsed: boolean }) {
  return (
    <Tooltip label={`${item.name} (${item.keys})`} position="right" openDelay={isCollapsed ? 100 : 900}>
      <AppLink
        href={item.href}
        className={styles['item']}
        aria-current={isCurrent ? 'page' : undefined}
        aria-label={item.name}
      >
        <Icon name={item.icon} />
        {!isCollapsed && <span className={styles['itemName']}>{item.name}</span>}
      </AppLink>
    </Tooltip>
  );
}
