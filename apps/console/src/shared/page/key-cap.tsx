import styles from './key-cap.module.css';

/** The key or keys of an action, as they are drawn on the keyboard. */
export function KeyCap({ keys }: { keys: string }) {
  return (
    <span className={styles['caps']}>
      {keys.split(' ').map((key, index) => (
        <kbd key={index} className={styles['cap']}>
          {key.replace('Mod-', 'Ctrl ').replace('Shift-', '⇧ ').replace('Escape', 'Esc')}
        </kbd>
      ))}
    </span>
  );
}
