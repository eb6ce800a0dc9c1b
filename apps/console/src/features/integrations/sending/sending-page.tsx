import { useMemo } from 'react';
import { dateTime, exactInstant } from '../../../shared/format/time.js';
import { useAct } from '../../../shared/graphql/use-act.js';
import { useLoad } from '../../../shared/graphql/use-load.js';
import { useKeys } from '../../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../../shared/navigation.js';
import { Problem } from '../../../shared/page/form-dialog.js';
import { IntegrationTabs } from '../../../shared/page/integration-tabs.js';
import { PageHeader } from '../../../shared/page/page-header.js';
import { Panel } from '../../../shared/page/panel.js';
import { PermittedButton } from '../../../shared/page/permitted-button.js';
import { Empty, Failed, Loading } from '../../../shared/states/states.js';
import { Status } from '../../../shared/status/status.js';
import { tell } from '../../../shared/tell.js';
import { integrationsHref } from '../../../shared/url.js';
import { runsHref } from '../../../shared/url-requeue.js';
import { useNow } from '../../../shared/use-now.js';
import { useCan } from '../../../shared/viewer/viewer.js';
import { SendingSettingsDocument, TryRequeueTargetDocument, type Settings } from './sending-documents.js';
import { SettingsForm } from './settings-form.js';
import { changeWords, isPaused, reachWords, sendingAnswer, settingsSentence } from './sending-words.js';
import styles from './sending.module.css';

/** How one integration is sent to: limits, hours and cut-offs, whether its target is reached, and who changed what. */
export function SendingPage({ name }: { name: string }) {
  const { go } = useNavigation();
  const now = useNow(1_000);
  const can = useCan();
  const { data, error, isLoading, asOf, reload } = useLoad(SendingSettingsDocument, { integration: name });
  const settings = data?.sendingSettings;
  useKeys(
    useMemo(
      () => [
        { keys: 'Escape', label: 'Back to the integrations', group: 'Sending', run: () => go(integrationsHref()) },
      ],
      [go],
    ),
  );
  const mayWrite = can('catalog.write');
  return (
    <div className={styles['page']}>
      <PageHeader
        name="Sending"
        asOf={asOf}
        answer={settings ? sendingAnswer(settings, now) : name}
        detail={
          <>
            <AppLink href={integrationsHref()}>Integrations</AppLink> · <AppLink href={runsHref()}>Runs</AppLink>
          </>
        }
      />
      {settings && <IntegrationTabs integration={settings.integration} chosen="sending" />}
      <div className={styles['body']}>
        {isLoading && <Loading label="sending settings" rows={8} />}
        {error && !data && <Failed what="sending settings" error={error} onRetry={reload} />}
        {settings && (
          <>
            <Reach settings={settings} now={now} onTried={reload} />
            {mayWrite ? (
              <SettingsForm settings={settings} onSaved={reload} />
            ) : (
              <Panel title="How it is sent">
                <p>{settingsSentence(settings)}</p>
                <p className="muted">
                  To change it you need the right to change the catalog, which an administrator gives.
                </p>
              </Panel>
            )}
            <Changes settings={settings} />
          </>
        )}
      </div>
    </div>
  );
}

function Reach({ settings, now, onTried }: { settings: Settings; now: Date; onTried: () => void }) {
  const { run, isRunning, problem } = useAct(TryRequeueTargetDocument);
  const can = useCan();
  const { tone, word, why, exact } = reachWords(settings, now);
  const isLeftAlone = isPaused(settings.target.pausedUntil, now);
  const tryNow = async () => {
    if (!(await run({ integration: settings.integration }))) return;
    tell('One attempt finds out now');
    onTried();
  };
  useKeys(
    [{ keys: 't', label: 'Try the target now', group: 'Sending', run: () => void tryNow() }],
    isLeftAlone && can('requeue.request'),
  );
  return (
    <Panel title="Way to the target">
      <p role="status" title={exact}>
        <Status tone={tone}>{word}</Status> {why}
      </p>
      {isLeftAlone && (
        <div className={styles['acts']}>
          <PermittedButton
            needs="requeue.request"
            what="Trying a target"
            keys="t"
            size="compact-sm"
            variant="default"
            loading={isRunning}
            onClick={() => void tryNow()}
          >
            Try now
          </PermittedButton>
        </div>
      )}
      {problem && <Problem problem={problem} />}
    </Panel>
  );
}

function Changes({ settings: { changes } }: { settings: Settings }) {
  return (
    <Panel title="Changes" aside="from the audit log, the latest first">
      {changes.length === 0 ? (
        <Empty title="Nothing was changed yet">What comes with the product holds.</Empty>
      ) : (
        <ol className={styles['changes']}>
          {changes.map((change) => (
            <li key={`${change.at} ${change.action}`}>
              <time title={exactInstant(change.at)}>{dateTime(change.at)}</time> <b>{change.actorName}</b>{' '}
              {changeWords(change).join('; ')}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
