import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { clockTime, OWN_ZONE } from '../shared/format/time.js';
import { initials, joinRoles, titleWords } from '../shared/format/words.js';
import { useLiveConnection, type LiveState } from '../shared/graphql/live-connection.js';
import { Icon } from '../shared/icons/icon.js';
import { KeyCap } from '../shared/page/key-cap.js';
import { readPreference, type Preferences } from '../shared/preferences.js';
import { StatusShape, type Tone } from '../shared/status/status.js';
import { setColorScheme, setRowHeight, useColorScheme } from '../shared/theme/appearance.js';
import { useNow } from '../shared/use-now.js';
import { useViewer } from '../shared/viewer/viewer.js';
import { NotificationBell } from './notification-bell.js';
import styles from './app-frame.module.css';

type TopBarProps = { onSearch: () => void; onKeys: () => void; onSignOut: () => void };

export function TopBar({ onSearch, onKeys, onSignOut }: TopBarProps) {
  const { tenant } = useViewer();
  const scheme = useColorScheme();
  return (
    <header className={styles['bar']}>
      <div className={styles['scope']}>
        <span className={styles['tenant']}>{tenant.name}</span>
        <span className={styles['chip']}>{titleWords(tenant.environment)}</span>
      </div>
      <button type="button" className={styles['search']} onClick={onSearch} aria-label="Search">
        <Icon name="search" size={14} />
        <span className={styles['searchText']}>Order, invoice, payment, page or action</span>
        <KeyCap keys="/" />
      </button>
      <div className={styles['tools']}>
        <Clock />
        <NotificationBell />
        <Tooltip label="All keys (?)">
          <ActionIcon aria-label="All keys" onClick={onKeys}>
            <Icon name="keyboard" />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={scheme === 'dark' ? 'Light theme' : 'Dark theme'}>
          <ActionIcon
            aria-label={scheme === 'dark' ? 'Light theme' : 'Dark theme'}
            onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
          >
            <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
          </ActionIcon>
        </Tooltip>
        <PersonMenu onSignOut={onSignOut} onKeys={onKeys} />
      </div>
    </header>
  );
}

const LIVE: Record<LiveState, { tone: Tone; word: string; hint: string }> = {
  live: { tone: 'good', word: 'Live', hint: 'Changes arrive as they happen' },
  idle: { tone: 'unknown', word: 'Not live', hint: 'This page does not follow changes' },
  paused: { tone: 'warning', word: 'Reconnecting', hint: 'Live updates are interrupted; what you see may be older' },
};

function Clock() {
  const now = useNow(1000);
  const { state } = useLiveConnection();
  const { tone, word, hint } = LIVE[state];
  return (
    <Tooltip label={`${hint}. Times are in ${OWN_ZONE} unless a due time names its own zone.`} multiline maw={280}>
      <span className={styles['clock']}>
        {state !== 'idle' && (
          <>
            <StatusShape tone={tone} size={9} />
            <span>{word}</span>
          </>
        )}
        <time dateTime={now.toISOString()}>{clockTime(now, undefined, true)}</time>
      </span>
    </Tooltip>
  );
}

const ROW_HEIGHTS: readonly { value: Preferences['rowHeight']; name: string }[] = [
  { value: 'dense', name: 'Dense' },
  { value: 'normal', name: 'Normal' },
  { value: 'comfortable', name: 'Comfortable' },
];

function PersonMenu({ onSignOut, onKeys }: { onSignOut: () => void; onKeys: () => void }) {
  const viewer = useViewer();
  const [rowHeight, setHeight] = useState(() => readPreference('rowHeight'));
  const chooseHeight = (value: string) => {
    const next = ROW_HEIGHTS.find((height) => height.value === value)?.value ?? 'normal';
    setHeight(next);
    setRowHeight(next);
  };
  return (
    <Menu position="bottom-end" width={248}>
      <Menu.Target>
        <button type="button" className={styles['person']} aria-label={`${viewer.displayName}, account menu`}>
          {initials(viewer.displayName)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles['who']}>
          <strong style={{ fontWeight: 600 }}>{viewer.displayName}</strong>
          <div className="muted">{viewer.email}</div>
          <div className="muted">{joinRoles(viewer.roles)}</div>
        </div>
        <Menu.Divider />
        <Menu.Label>Height of rows</Menu.Label>
        <Menu.RadioGroup value={rowHeight} onChange={chooseHeight}>
          {ROW_HEIGHTS.map(({ value, name }) => (
            <Menu.RadioItem key={value} value={value}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={onKeys}>
          All keys
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={onSignOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
