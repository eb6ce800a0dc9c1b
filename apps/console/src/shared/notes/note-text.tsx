import { useMemo } from 'react';
import { MarkdownText } from '../markdown.js';
import { mentionChips, type Mention } from './mention-chips.js';
import styles from './note-text.module.css';

/** A note as people wrote it, with whom it calls as chips. */
export function NoteText({ text, mentions }: { text: string; mentions: readonly Mention[] }) {
  const plugins = useMemo(() => [mentionChips(mentions)], [mentions]);
  return (
    <div className={styles['note']}>
      <MarkdownText rehypePlugins={plugins}>{text}</MarkdownText>
    </div>
  );
}

/** The people whom a step of a timeline says that it calls; what has another shape calls nobody. */
export function mentionsOf(details: unknown): Mention[] {
  const { mentions } = (details ?? {}) as { mentions?: unknown };
  return Array.isArray(mentions) ? mentions.filter(isMention) : [];
}

function isMention(value: unknown): value is Mention {
  const { personId, name, text } = (value ?? {}) as Record<string, unknown>;
  return typeof personId === 'string' && typeof name === 'string' && typeof text === 'string' && text.startsWith('@');
}
