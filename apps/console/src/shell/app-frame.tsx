import { useMemo, useState, type ReactNode } from 'react';
import { useKeys, type KeyBinding } from '../shared/keyboard/keyboard.js';
import { useNavigation } from '../shared/navigation.js';
import { readPreference, writePreference } from '../shared/preferences.js';
import { useCan } from '../shared/viewer/viewer.js';
import { KeysDialog } from './keys-dialog.js';
import { NAVIGATION } from './navigation-items.js';
import { Rail } from './rail.js';
import { SearchPalette } from './search-palette.js';
import { TopBar } from './top-bar.js';
import styles from './app-frame.module.css';

type AppFrameProps = { path: string; onSignOut: () => void; children: ReactNode };

/** Rail, top bar and the page between them. */
export function AppFrame({ path, onSignOut, children }: AppFrameProps) {
  const { go } = useNavigation();
  const can = useCan();
  const [isSearching, setSearching] = useState(false);
  const [isShowingKeys, setShowingKeys] = useState(false);
  const [isCollapsed, setCollapsed] = useState(() => readPreference('isRailCollapsed'));

  const toggleRail = () => {
    writePreference('isRailCollapsed', !isCollapsed);
    setCollapsed(!isCollapsed);
  };
  const bindings = useMemo<KeyBinding[]>(
    () => [
      { keys: 'Mod-k', label: 'Search', group: 'Everywhere', run: () => setSearching(true) },
      { keys: '/', label: 'Search', group: 'Everywhere', run: () => setSearching(true) },
      { keys: '?', label: 'All keys', group: 'Everywhere', run: () => setShowingKeys(true) },
      ...NAVIGATION.filter((item) => can(item.needs)).map((item) => ({
        keys: item.keys,
        label: `Go to ${item.name}`,
        group: 'Go to',
        run: () => go(item.href),
      })),
    ],
    [can, go],
  );
  useKeys(bindings);

  return (
    <div className={styles['frame']} data-collapsed={isCollapsed || undefined}>
      <a className={styles['skip']} href="#page">
        Skip to the page
      </a>
      <Rail path={path} isCollapsed={isCollapsed} onToggle={toggleRail} />
      <TopBar onSearch={() => setSearching(true)} onKeys={() => setShowingKeys(true)} onSignOut={onSignOut} />
      <main id="page" className={styles['page']} tabIndex={-1}>
        {children}
      </main>
      <SearchPalette isOpen={isSearching} onClose={() => setSearching(false)} onKeys={() => setShowingKeys(true)} />
      <KeysDialog isOpen={isShowingKeys} onClose={() => setShowingKeys(false)} />
    </div>
  );
}
