import { graphql } from '../../gql/index.js';
import { age } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { healthOf } from '../../shared/status/integration-health.js';
import { Status } from '../../shared/status/status.js';
import { integrationsHref } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import styles from './home-page.module.css';

const IntegrationStripDocument = graphql(`
  query IntegrationStrip {
    integrations {
      edges {
        node {
          name
          title
          lastActivityAt
          failuresToday
          activitiesToday
          openExceptions
        }
      }
    }
  }
`);

/** Health of every integration in one line each. */
export function IntegrationStrip() {
  const now = useNow();
  const { data, error, isLoading, reload } = useLoad(IntegrationStripDocument, {});
  return (
    <Panel title="Integrations" isFlush aside={<AppLink href={integrationsHref()}>All integrations</AppLink>}>
      {isLoading && <Loading label="integrations" rows={2} />}
      {error && !data && <Failed what="integrations" error={error} onRetry={reload} />}
      {data && (
        <ul className={styles['strip']}>
          {data.integrations.edges.map(({ node: integration }) => {
            const { tone, word } = healthOf(integration, now);
            return (
              <li key={integration.name}>
                <AppLink href={integrationsHref()} className={styles['cell']}>
                  <span className={styles['cellName']}>{integration.title}</span>
                  <Status tone={tone}>{word}</Status>
                  <span className={styles['cellFacts']}>
                    {count(integration.activitiesToday, 'run')} today, {integration.failuresToday} failed
                    {integration.lastActivityAt && `, last ${age(integration.lastActivityAt, now)} ago`}
                  </span>
                </AppLink>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
