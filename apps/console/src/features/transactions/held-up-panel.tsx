import { graphql } from '../../gql/index.js';
import { plainWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { Status } from '../../shared/status/status.js';
import { exceptionHref } from '../../shared/url.js';
import styles from './transaction-page.module.css';

const TransactionBlockersDocument = graphql(`
  query TransactionBlockers($id: ID!) {
    transaction(id: $id) {
      id
      blockedBy {
        exceptionId
        hop
        isUpstream
        object {
          type
          key
        }
      }
    }
  }
`);

/** What holds a blocked transaction up from before its first document; its own exceptions are told beside. */
export function HeldUpPanel({ id }: { id: string }) {
  const { data } = useLoad(TransactionBlockersDocument, { id });
  const upstream = (data?.transaction?.blockedBy ?? []).filter(({ isUpstream }) => isUpstream);
  if (upstream.length === 0) return null;
  return (
    <Panel title="Held up by what comes before" isFlush>
      <ul className={styles['exceptions']}>
        {upstream.map(({ exceptionId, hop, object }) => (
          <li key={exceptionId}>
            <Status tone="critical">Blocked</Status>
            <AppLink href={exceptionHref(exceptionId)}>
              {plainWords(object.type)} {object.key}
            </AppLink>
            <span className="muted">at {hop}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
