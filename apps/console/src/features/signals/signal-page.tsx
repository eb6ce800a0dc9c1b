import { useMemo } from 'react';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { useNavigation } from '../../shared/navigation.js';
import { SignalDetail } from './signal-detail.js';
import styles from './signals.module.css';

/** The page of one signal. */
export function SignalPage({ id }: { id: string }) {
  const { back } = useNavigation();
  useKeys(useMemo(() => [{ keys: 'Escape', label: 'Back', group: 'Signal', run: back }], [back]));
  return (
    <div className={styles['page']}>
      <SignalDetail key={id} id={id} />
    </div>
  );
}
