import { Fragment } from 'react';

/** A sentence in which keys stay on one line: "O-100236" is not broken at its hyphen. */
export function WholeWords({ text, words }: { text: string; words: readonly (string | null | undefined)[] }) {
  const kept = words.filter((word): word is string => Boolean(word) && text.includes(word ?? ''));
  const [word] = kept;
  if (word === undefined) return text;
  const parts = text.split(word);
  return parts.map((part, index) => (
    <Fragment key={index}>
      <WholeWords text={part} words={kept.slice(1)} />
      {index < parts.length - 1 && <span style={{ whiteSpace: 'nowrap' }}>{word}</span>}
    </Fragment>
  ));
}
