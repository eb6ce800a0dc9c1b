import { CopyButton } from './copy-button.js';
import { ScrollRegion } from './scroll-region.js';
import styles from './command-line.module.css';

type CommandLineProps = {
  /** what it does, in a few words: "Send a first event" */
  name: string;
  text: string;
};

/** A line for a shell that people copy; it is shown whole, so that nobody runs what they cannot read. */
export function CommandLine({ name, text }: CommandLineProps) {
  return (
    <figure className={styles['command']}>
      <figcaption className={styles['head']}>
        <span className="muted">{name}</span>
        <CopyButton text={text} label={`Copy: ${name}`} />
      </figcaption>
      <ScrollRegion label={name}>
        <pre className={styles['text']}>{text}</pre>
      </ScrollRegion>
    </figure>
  );
}
