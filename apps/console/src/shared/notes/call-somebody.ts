type Callable = { id: string; displayName: string; email: string };

/** What stands between an "@" and the caret, where somebody is being called; undefined = nobody is. */
export function callBefore(text: string, caret: number): string | undefined {
  return /(?:^|[\s([{"'>,;:*-])@([\p{L}\p{N}._'’-]{0,40}(?: [\p{L}\p{N}.'’-]{0,40})?)$/u.exec(
    text.slice(0, caret),
  )?.[1];
}

/** Up to six people whose name or address begins with it. */
export function peopleCalled<P extends Callable>(people: readonly P[], begun: string): P[] {
  const wanted = begun.toLowerCase();
  const fits = ({ displayName, email }: Callable) =>
    [displayName, email, ...displayName.split(/\s+/).slice(1)].some((name) => name.toLowerCase().startsWith(wanted));
  return people.filter(fits).slice(0, 6);
}

/** The text with the whole name in place of what was begun, and where the caret stands then. */
export function withCall(text: string, caret: number, begun: string, name: string): { text: string; caret: number } {
  const before = `${text.slice(0, caret - begun.length)}${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}
