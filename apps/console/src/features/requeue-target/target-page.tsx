import { useState } from 'react';
import { age, exactInstant } from '../../shared/format/time.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { CopyButton } from '../../shared/page/copy-button.js';
import { IntegrationTabs } from '../../shared/page/integration-tabs.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { integrationsHref } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { RequeueTargetSettingsDocument, type TargetDestination } from './target-documents.js';
import { TargetForm } from './target-form.js';
import { targetAnswer } from './target-values.js';
import styles from './target.module.css';

/** Where one integration takes what is sent again, and what that needs. */
export function TargetPage({ name }: { name: string }) {
  const can = useCan();
  const now = useNow();
  const { data, error, isLoading, asOf, reload } = useLoad(
    RequeueTargetSettingsDocument,
    {},
    { policy: 'network-only' },
  );
  const [newSecret, setNewSecret] = useState<string>();
  const integration = data?.integrations.edges.find(({ node }) => node.name === name)?.node;
  const destination = integration?.requeueDestination;
  const mayWrite = can('catalog.write');
  return (
    <div className={styles['page']}>
      <PageHeader
        name="Target for sending again"
        asOf={asOf}
        answer={integration ? targetAnswer(integration) : 'Target for sending again'}
        detail={
          destination?.changedAt ? (
            <span title={exactInstant(destination.changedAt)}>
              Set by {destination.changedByName}, {age(destination.changedAt, now)} ago.
            </span>
          ) : undefined
        }
        actions={<AppLink href={integrationsHref()}>All integrations</AppLink>}
      />
      {integration && <IntegrationTabs integration={integration.name} chosen="target" />}
      <div className={styles['body']}>
        {isLoading && <Loading label="target" rows={5} />}
        {error && !data && <Failed what="target" error={error} onRetry={reload} />}
        {data && !integration && (
          <Empty title="There is no such integration">
            It is not configured under this name. <AppLink href={integrationsHref()}>All integrations</AppLink>
          </Empty>
        )}
        {newSecret !== undefined && <NewSecret secret={newSecret} />}
        {data && integration && mayWrite && (
          <TargetForm
            key={integration.name}
            integration={integration}
            adapters={data.requeueAdapters}
            onSaved={(made) => {
              setNewSecret(made);
              reload();
            }}
          />
        )}
        {integration && !mayWrite && <ReadOnly destination={destination ?? null} />}
      </div>
    </div>
  );
}

function NewSecret({ secret }: { secret: string }) {
  return (
    <div role="status" className={styles['secret']}>
      <p>The signing secret, this once: enter it where the webhook is taken. It cannot be shown again.</p>
      <p className={styles['secretText']}>
        <code className="mono">{secret}</code> <CopyButton text={secret} label="Copy the signing secret" />
      </p>
    </div>
  );
}

function ReadOnly({ destination }: { destination: TargetDestination | null }) {
  return (
    <Panel title="How it is sent again">
      {destination && (
        <Facts
          facts={[
            { name: 'Kind of target', value: destination.adapterTitle },
            { name: 'Address', value: <span className="mono">{destination.url}</span> },
            ...destination.settings.map(({ name, value }) => ({ name, value })),
            { name: 'Secrets', value: destination.secretsSet.length === 0 ? 'not set' : 'set' },
            { name: 'Keeps idempotency keys', value: destination.isIdempotent ? 'yes' : 'no' },
          ]}
        />
      )}
      <p className="muted">To set it you need the right to change the catalog, which an administrator gives.</p>
    </Panel>
  );
}
