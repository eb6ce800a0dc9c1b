import { Tooltip } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { Icon, ProductSign } from '../shared/icons/icon.js';
import { AppLink } from '../shared/navigation.js';
import { readPreference, writePreference } from '../shared/preferences.js';
import { homeHref } from '../shared/url.js';
import { useCan } from '../shared/viewer/viewer.js';
import { isWithin, railAreas, type NavigationItem, type RailArea } from './navigation-items.js';
import styles from './app-frame.module.css';

type RailProps = { path: string; isCollapsed: boolean; onToggle: () => void };

/** The areas, of which one at a time is unfolded, so that all of them fit into a low window. */
export function Rail({ path, isCollapsed, onToggle }: RailProps) {
  const can = useCan();
  const rail = useRef<HTMLElement>(null);
  const areas = railAreas(can);
  const [unfolded, unfold] = useUnfolded(areas, path);
  // the rail scrolls where the window is very low: what is open is always to be seen in it
  useEffect(() => {
    rail.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [path]);
  return (
    <nav ref={rail} className={styles['rail']} aria-label="Screens" data-narrow={isCollapsed || undefined}>
      <AppLink href={homeHref()} className={styles['brand']} aria-label="Throughline, home">
        <ProductSign />
        {!isCollapsed && <span>Throughline</span>}
      </AppLink>
      {areas.map((area) => (
        <Area
          key={area.name}
          area={area}
          path={path}
          isCollapsed={isCollapsed}
          isUnfolded={area.name === unfolded}
          onUnfold={() => unfold(area.name === unfolded ? '' : area.name)}
        />
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

/** The area that is unfolded: that of the screen which is opened, else the one that the person unfolded last. */
function useUnfolded(areas: readonly RailArea[], path: string): [string, (name: string) => void] {
  const here = areas.find(({ lead, folded }) =>
    folded.length === 0 ? false : [...(lead ? [lead] : []), ...folded].some(({ href }) => isWithin(path, href)),
  )?.name;
  const [state, setState] = useState(() => ({ here, unfolded: here ?? readPreference('railArea') }));
  if (state.here !== here) setState({ here, unfolded: here ?? state.unfolded });
  const unfold = (name: string) => {
    writePreference('railArea', name);
    setState({ here, unfolded: name });
  };
  return [state.unfolded, unfold];
}

type AreaProps = {
  area: RailArea;
  path: string;
  isCollapsed: boolean;
  isUnfolded: boolean;
  onUnfold: () => void;
};

function Area({ area, path, isCollapsed, isUnfolded, onUnfold }: AreaProps) {
  const id = useId();
  const { name, lead, folded } = area;
  const unfolding = { type: 'button', onClick: onUnfold, 'aria-expanded': isUnfolded, 'aria-controls': id } as const;
  return (
    <div className={styles['area']}>
      {lead === undefined ? (
        <Tooltip label={name} position="right" openDelay={isCollapsed ? 100 : 900}>
          <button {...unfolding} className={`${styles['item']} ${styles['collapse']}`} aria-label={name}>
            <Icon name={area.icon} />
            {!isCollapsed && <span className={styles['itemName']}>{name}</span>}
            {!isCollapsed && <Icon name={isUnfolded ? 'chevronDown' : 'chevronRight'} size={12} />}
          </button>
        </Tooltip>
      ) : (
        <div className={styles['lead']}>
          <Item item={lead} isCurrent={isWithin(path, lead.href)} isCollapsed={isCollapsed} />
          {folded.length > 0 && (
            <button
              {...unfolding}
              className={styles['unfold']}
              aria-label={`More of ${name}`}
              title={`More of ${name}`}
            >
              <Icon name={isUnfolded ? 'chevronDown' : 'chevronRight'} size={12} />
            </button>
          )}
        </div>
      )}
      {folded.length > 0 && (
        <div id={id} role="group" aria-label={name} className={styles['folded']} hidden={!isUnfolded}>
          {folded.map((item) => (
            <Item key={item.name} item={item} isCurrent={isWithin(path, item.href)} isCollapsed={isCollapsed} />
          ))}
        </div>
      )}
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
