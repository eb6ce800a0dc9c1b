import { notifications } from '@mantine/notifications';

/** Says in the corner what was done. */
export function tell(message: string): void {
  notifications.show({ message, color: 'accent', autoClose: 4000 });
}
