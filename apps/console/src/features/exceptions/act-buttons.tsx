import { Button, Tooltip } from '@mantine/core';
import { Icon, type IconName } from '../../shared/icons/icon.js';
import { useCan } from '../../shared/viewer/viewer.js';
import type { Act, ExceptionActs } from './use-exception-acts.js';

const BUTTONS: readonly { act: Act; name: string; key: string; icon: IconName; isPrimary?: boolean }[] = [
  { act: 'send', name: 'Send again', key: 'r', icon: 'send', isPrimary: true },
  { act: 'mine', name: 'To me', key: 'm', icon: 'person' },
  { act: 'assign', name: 'Assign', key: 'a', icon: 'personAdd' },
  { act: 'move', name: 'Move', key: 't', icon: 'arrowRight' },
  { act: 'prioritise', name: 'Priority', key: 'p', icon: 'arrowUp' },
  { act: 'note', name: 'Note', key: 'n', icon: 'note' },
];

type ActButtonsProps = {
  acts: ExceptionActs;
  size?: 'xs' | 'compact-xs';
  /** leaves out what cannot be done now, where it will not be possible again soon */
  onlyPossible?: boolean;
};

/** The acts as buttons, each with its key; what the viewer may never do is not shown. */
export function ActButtons({ acts, size = 'xs', onlyPossible = false }: ActButtonsProps) {
  const can = useCan();
  const isShown = (act: Act) =>
    can(act === 'send' ? 'requeue.request' : 'exception.work') && (!onlyPossible || acts.allows(act));
  return BUTTONS.filter(({ act }) => isShown(act)).map((button) => (
    <Tooltip key={button.act} label={`${button.name} (${button.key})`}>
      <Button
        size={size}
        variant={button.isPrimary ? 'filled' : 'default'}
        leftSection={<Icon name={button.icon} size={14} />}
        disabled={!acts.allows(button.act)}
        onClick={() => acts.start(button.act)}
      >
        {button.name}
      </Button>
    </Tooltip>
  ));
}
