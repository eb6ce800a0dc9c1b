import { Fragment } from 'react';
import { parseSlackText } from './parse-slack-text.js';
import styles from './alerts-page.module.css';

/** A chat message as its readers see it. */
export function SlackText({ text }: { text: string }) {
  return (
    <p className={styles['message']}>
      {parseSlackText(text).map((part, index) => (
        <Fragment key={index}>
          {part.kind === 'bold' ? (
            <strong>{part.text}</strong>
          ) : part.kind === 'link' ? (
            <a href={part.href} rel="noreferrer">
              {part.text}
            </a>
          ) : (
            part.text
          )}
        </Fragment>
      ))}
    </p>
  );
}
