import { Button, Tooltip } from '@mantine/core';
import { Icon, type IconName } from '../../shared/icons/icon.js';
import { useCan } from '../../shared/viewer/viewer.js';
import type { Act, ExceptionActs } from './use-exception-acts.js';

const BUTTONS: readonly { act: Act; name: string; key: string; icon: IconName; isPrimary?: boolean }[] = [
  { act: 'send', name: 'Send again', key: 'r', icon: 'send', isPrimary: true },
  { act: 'mine', name: 'To me', key: 'm', icon: 'person' },
  { act: 'assign', name: 'Assign', key: 'a', icon: 'personAdd' },
  { act: 'note', name: 'Note', key: 'n', icon: 'note' },
];

/** The acts as buttons, each with its key; what the viewer may never do is not shown. */
export function ActButtons({ acts, size = 'xs' }: { acts: ExceptionActs; size?: 'xs' | 'compact-xs' }) {
  const can = useCan();
  return BUTTONS.filter(({ act }) => can(act === 'send' ? 'requeue.request' : 'exception.work')).map((button) => (
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
