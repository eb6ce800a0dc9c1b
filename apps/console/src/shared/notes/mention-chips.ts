/** A person whom a note calls, and the words of the note that do. */
export type Mention = { personId: string; name: string; text: string };

type TreeNode = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: TreeNode[];
};

// What calls nobody when the note is read calls nobody when it is shown.
const QUIET: ReadonlySet<string> = new Set(['code', 'pre', 'a']);

/** Parts of a text: what stands between calls, and each call as it was found when the note was written. */
export function splitCalls(text: string, mentions: readonly Mention[]): (string | Mention)[] {
  // the longest first, or "@analyst" would be found in "@analyst2"
  const calls = mentions.toSorted((a, b) => b.text.length - a.text.length);
  const parts: (string | Mention)[] = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const call = /[\p{L}\p{N}_./@\\]/u.test(text[at - 1] ?? '')
      ? undefined
      : calls.find(
          ({ text: words }) => text.startsWith(words, at) && !/^[\p{L}\p{N}_]/u.test(text.slice(at + words.length)),
        );
    if (call === undefined) {
      plain += text[at] ?? '';
      at += 1;
    } else {
      if (plain !== '') parts.push(plain);
      plain = '';
      parts.push(call);
      at += call.text.length;
    }
  }
  if (plain !== '') parts.push(plain);
  return parts;
}

/** A rehype plugin that makes a chip (`mark` with the name as its title) of each call in the text of a note. */
export function mentionChips(mentions: readonly Mention[]) {
  const visit = (node: TreeNode): void => {
    if (node.tagName !== undefined && QUIET.has(node.tagName)) return;
    if (node.children === undefined) return;
    node.children = node.children.flatMap((child) => {
      if (child.type === 'text') return splitCalls(child.value ?? '', mentions).map(toNode);
      visit(child);
      return [child];
    });
  };
  return () => (tree: TreeNode) => visit(tree);
}

function toNode(part: string | Mention): TreeNode {
  return typeof part === 'string'
    ? { type: 'text', value: part }
    : {
        type: 'element',
        tagName: 'mark',
        properties: { title: part.name },
        children: [{ type: 'text', value: part.text }],
      };
}
