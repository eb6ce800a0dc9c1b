import { useMemo } from 'react';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { useNavigation } from '../../shared/navigation.js';
import { ExceptionDetail } from './exception-detail.js';
import styles from './exception-page.module.css';

/** The page of one exception. */
export function ExceptionPage({ id }: { id: string }) {
  const { back } = useNavigation();
  useKeys(useMemo(() => [{ keys: 'Escape', label: 'Back', group: 'Exception', run: back }], [back]));
  return (
    <div className={styles['page']}>
      <ExceptionDetail key={id} id={id} />
    </div>
  );
}
