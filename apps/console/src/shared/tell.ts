import { notifications } from '@mantine/notifications';

/** The button that closes it shows a sign alone. */
const CLOSE = { closeButtonProps: { 'aria-label': 'Dismiss' } } as const;

/** Says in the corner what was done. */
export function tell(message: string): void {
  notifications.show({ ...CLOSE, message, color: 'accent', autoClose: 4000 });
}

/** Says there why it was not. */
export function tellProblem({ message }: { message: string }): void {
  notifications.show({ ...CLOSE, message, color: 'critical', autoClose: 10_000 });
}
