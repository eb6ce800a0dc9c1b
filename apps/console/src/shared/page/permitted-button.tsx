import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import { useCan, type Permission } from '../viewer/viewer.js';

type PermittedButtonProps = ButtonProps & {
  needs: Permission;
  /** what the act is, to say who may do it: "Mapping again" */
  what: string;
  keys?: string;
  /** why it cannot be done now, although the viewer may */
  whyNot?: string | undefined;
  onClick: () => void;
  children: string;
};

/** A button that says why it cannot be pressed: the right that is missing, or what stands in the way. */
export function PermittedButton(props: PermittedButtonProps) {
  const { needs, what, keys, whyNot, onClick, children, ...button } = props;
  const can = useCan();
  const reason = can(needs) ? whyNot : `${what} is not part of your role; an administrator can give it to you.`;
  const isDisabled = reason !== undefined;
  return (
    <Tooltip label={reason ?? `${children} (${keys ?? ''})`} disabled={reason === undefined && keys === undefined}>
      <Button
        {...button}
        {...(isDisabled && { 'aria-disabled': true, 'data-disabled': true })}
        onClick={() => !isDisabled && onClick()}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
