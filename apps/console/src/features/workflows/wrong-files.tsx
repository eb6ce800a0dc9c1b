import { count } from '../../shared/format/words.js';
import type { WorkflowsQuery } from '../../gql/graphql.js';
import styles from './workflows-page.module.css';

type WrongFile = WorkflowsQuery['wrongWorkflowFiles'][number];

/** Files that could not be used, with the lines and reasons. */
export function WrongFiles({ files }: { files: readonly WrongFile[] }) {
  if (files.length === 0) return null;
  return (
    <section role="alert" className={styles['wrong']} aria-label="Workflow files that cannot be used">
      <p>
        {count(files.length, 'workflow file')} cannot be used. The others are in force; transactions of what is not stay
        as they were.
      </p>
      <ul>
        {files.map(({ file, problems }) => (
          <li key={file}>
            <span className="mono">{file}</span>
            <ul>
              {problems.map(({ line, reason }) => (
                <li key={`${line}/${reason}`}>{line === null ? reason : `line ${line}: ${reason}`}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
