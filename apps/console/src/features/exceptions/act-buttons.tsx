import { Button, Menu, Tooltip } from '@mantine/core';
import { Icon, type IconName } from '../../shared/icons/icon.js';
import { useCan, type Permission } from '../../shared/viewer/viewer.js';
import { ACT_KEYS } from './act-keys.js';
import type { Act, ExceptionActs } from './use-exception-acts.js';

type ActButton = { act: Act; name: string; key: string; icon: IconName; isPrimary?: boolean };

/** Only where it is declared; the first of all where nothing can be sent again. */
const UNDO: ActButton = { act: 'compensate', name: 'Reverse / Cancel / Notify…', key: ACT_KEYS.undo, icon: 'undo' };

const BUTTONS: readonly ActButton[] = [
  { act: 'send', name: 'Send again', key: ACT_KEYS.send, icon: 'send', isPrimary: true },
  { act: 'correct', name: 'Correct', key: ACT_KEYS.correct, icon: 'edit' },
  { act: 'mine', name: 'To me', key: ACT_KEYS.mine, icon: 'person' },
  { act: 'assign', name: 'Assign', key: ACT_KEYS.assign, icon: 'personAdd' },
  { act: 'move', name: 'Move', key: ACT_KEYS.move, icon: 'arrowRight' },
  { act: 'prioritise', name: 'Priority', key: ACT_KEYS.prioritise, icon: 'arrowUp' },
  { act: 'note', name: 'Note', key: ACT_KEYS.note, icon: 'note' },
  { act: 'wait', name: 'Wait', key: ACT_KEYS.wait, icon: 'sla' },
  { act: 'resolve', name: 'Resolve', key: ACT_KEYS.resolve, icon: 'check' },
];

/** What is only asked for with many at once. */
const MORE_OF_MANY: readonly { act: Act; name: string; key?: string }[] = [
  { act: 'handBack', name: 'Hand back to the queue' },
  { act: 'reroute', name: 'Apply the routing rules' },
];

/** What is done less often, behind one button. */
const MORE: readonly { act: Act; name: string; key?: string }[] = [
  { act: 'start', name: 'Take in hand', key: ACT_KEYS.start },
  { act: 'back', name: 'Put back', key: ACT_KEYS.back },
  { act: 'snooze', name: 'Snooze', key: ACT_KEYS.snooze },
  { act: 'wake', name: 'Bring back into the inbox' },
  { act: 'accept', name: 'Close without correction', key: ACT_KEYS.accept },
  { act: 'duplicate', name: 'Duplicate of another', key: ACT_KEYS.duplicate },
];

const OF_REQUEUES: ReadonlySet<Act> = new Set(['send', 'correct', 'compensate']);

function permissionOf(act: Act): Permission {
  if (act === 'note') return 'exception.note';
  return OF_REQUEUES.has(act) ? 'requeue.request' : 'exception.work';
}

type ActButtonsProps = {
  acts: ExceptionActs;
  size?: 'xs' | 'compact-xs';
  /** leaves out what cannot be done now, where it will not be possible again soon */
  onlyPossible?: boolean;
  isForMany?: boolean;
};

/** The acts as buttons, each with its key; what the viewer may never do is not shown. */
export function ActButtons({ acts, size = 'xs', onlyPossible = false, isForMany = false }: ActButtonsProps) {
  const can = useCan();
  // a note on many is a bulk act
  const needed = (act: Act) => (isForMany && act === 'note' ? 'exception.work' : permissionOf(act));
  const isShown = (act: Act) => can(needed(act)) && (!onlyPossible || acts.allows(act));
  const more = [...MORE, ...(isForMany ? MORE_OF_MANY : [])].filter(({ act }) => isShown(act) && acts.allows(act));
  const isUndone = !isForMany && isShown(UNDO.act) && acts.allows(UNDO.act);
  const isFirst = isUndone && !acts.allows('send');
  const buttons = isFirst
    ? [{ ...UNDO, isPrimary: true }, ...BUTTONS]
    : BUTTONS.flatMap((button) => (isUndone && button.act === 'correct' ? [button, UNDO] : [button]));
  return (
    <>
      {buttons
        .filter(({ act }) => isShown(act) && !(isForMany && act === 'correct'))
        .map((button) => (
          <Tooltip key={button.act} label={`${button.name} (${button.key})`}>
            <Button
              size={size}
              variant={button.isPrimary && !(isFirst && button.act === 'send') ? 'filled' : 'default'}
              leftSection={<Icon name={button.icon} size={14} />}
              disabled={!acts.allows(button.act)}
              onClick={() => acts.start(button.act)}
            >
              {button.name}
            </Button>
          </Tooltip>
        ))}
      {more.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size={size} variant="default" rightSection={<Icon name="chevronDown" size={12} />}>
              More
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map(({ act, name, key }) => (
              <Menu.Item
                key={act}
                onClick={() => acts.start(act)}
                rightSection={key && <span className="muted">{key}</span>}
              >
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
