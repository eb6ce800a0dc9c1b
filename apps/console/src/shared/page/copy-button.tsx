import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from '../icons/icon.js';

const SAID_MS = 2000;

/** Copies a text and says so. */
export function CopyButton({ text, name = 'Copy', label }: { text: string; name?: string; label?: string }) {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('Not copied: the browser refused'),
    );
  };
  return (
    <Button
      variant="default"
      size="compact-xs"
      leftSection={<Icon name={said === 'Copied' ? 'check' : 'copy'} size={13} />}
      aria-label={said ? undefined : label}
      onClick={copy}
    >
      <span aria-live="polite">{said ?? name}</span>
    </Button>
  );
}
