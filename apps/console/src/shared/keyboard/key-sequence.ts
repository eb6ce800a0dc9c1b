const NAMED = new Set(['Enter', 'Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);
const SHIFTED_SIGNS = /^[^\p{L}]$/u;

type Pressed = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** `j`, `Shift-j`, `?`, `Mod-k`, `Enter`; undefined for what is no shortcut (a bare modifier, an Alt combination). */
export function keyName(event: Pressed): string | undefined {
  if (event.altKey) return undefined;
  const isNamed = NAMED.has(event.key);
  if (event.key.length !== 1 && !isNamed) return undefined;
  if (event.ctrlKey || event.metaKey) return `Mod-${event.key.toLowerCase()}`;
  // A sign such as `?` needs Shift on some keyboards and not on others: the sign alone counts.
  if (event.shiftKey && !SHIFTED_SIGNS.test(event.key)) {
    return `Shift-${isNamed ? event.key : event.key.toLowerCase()}`;
  }
  return isNamed ? event.key : event.key.toLowerCase();
}

/** The binding that the key completes, `wait` when it may be the first of two, or nothing. */
export function matchSequence<B extends { keys: string }>(
  bindings: readonly B[],
  before: string | undefined,
  key: string,
): B | 'wait' | undefined {
  const second = before === undefined ? undefined : bindings.find((binding) => binding.keys === `${before} ${key}`);
  if (second) return second;
  const single = bindings.find((binding) => binding.keys === key);
  if (single) return single;
  return bindings.some((binding) => binding.keys.startsWith(`${key} `)) ? 'wait' : undefined;
}

/** True where the key belongs to what has the focus: text being written, a control being pressed, an open dialog. */
export function isTyping(event: KeyboardEvent, key: string): boolean {
  const target = event.target;
  if (!(target instanceof Element) || key.startsWith('Mod-')) return false;
  if (target.closest('[role="menu"], [role="listbox"]')) return true;
  // While a dialog is open the page behind it hears nothing.
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return true;
  const isText = target.closest(
    'textarea, select, [contenteditable="true"], input:not([type="checkbox"]):not([type="radio"])',
  );
  if (isText) return true;
  const isPress = key === 'Enter' || key.startsWith('Arrow');
  return isPress && target.closest('a, button, summary, [role="tab"], [role="radio"], [role="separator"]') !== null;
}
