import { Checkbox, Modal } from '@mantine/core';
import { groupBy } from '../shared/group-by.js';
import { useKeyboard } from '../shared/keyboard/keyboard.js';
import { KeyCap } from '../shared/page/key-cap.js';
import styles from './keys-dialog.module.css';

type KeysDialogProps = { isOpen: boolean; onClose: () => void };

/** Every key that works on the page that is open. */
export function KeysDialog({ isOpen, onClose }: KeysDialogProps) {
  const { list, hasSingleKeys, setSingleKeys } = useKeyboard();
  // The arrows say the same as j and k, and an overridden key is not a second one.
  const bindings = isOpen ? list().filter((binding) => !binding.keys.startsWith('Arrow')) : [];
  const unique = bindings.filter(
    (binding, index) => bindings.findIndex((other) => other.keys === binding.keys) === index,
  );
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" size={720}>
      <div className={styles['groups']}>
        {[...groupBy(unique, (binding) => binding.group)].map(([group, items]) => (
          <section key={group}>
            <h3 className={styles['group']}>{group}</h3>
            <dl>
              {items.map((binding) => (
                <div key={binding.keys} className={styles['row']}>
                  <dt>{binding.label}</dt>
                  <dd>
                    <KeyCap keys={binding.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Checkbox
        mt={16}
        label="Keys without Ctrl work while nothing is being typed"
        checked={hasSingleKeys}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
    </Modal>
  );
}
