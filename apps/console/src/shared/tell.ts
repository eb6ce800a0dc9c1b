import { notifications } from '@mantine/notifications';

/** Says in the corner what was done. */
export function tell(message: string): void {
  notifications.show({ message, color: 'accent', autoClose: 4000 });
}

/** Says there why it was not. */
export function tellProblem({ message }: { message: string }): void {
  notifications.show({ message, color: 'critical', autoClose: 10_000 });
}
