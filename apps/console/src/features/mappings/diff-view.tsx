import { useMemo } from 'react';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { diffLines } from './diff-lines.js';
import styles from './bench.module.css';

const SIGNS = { same: ' ', gone: '−', new: '+' } as const;
const WORDS = { same: '', gone: 'gone: ', new: 'new: ' } as const;

/** Two texts as one, line by line: what is gone and what is new. */
export function DiffView({ before, after, label }: { before: string; after: string; label: string }) {
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  return (
    <ScrollRegion className={styles['diff']} label={label}>
      <pre>
        {lines.map((line, index) => (
          <div key={index} data-kind={line.kind}>
            <span aria-hidden="true">{SIGNS[line.kind]} </span>
            <span className="visually-hidden">{WORDS[line.kind]}</span>
            {line.text}
          </div>
        ))}
      </pre>
    </ScrollRegion>
  );
}
