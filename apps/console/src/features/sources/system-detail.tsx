import { useState } from 'react';
import { age, dateTime, exactInstant, startOfUtcDay } from '../../shared/format/time.js';
import { count, countNumber } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { AppLink } from '../../shared/navigation.js';
import { CopyButton } from '../../shared/page/copy-button.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { MapAgainChoices, selectionOf, type MapAgainScope } from '../../shared/remapping/map-again-choices.js';
import { MapAgainDialog } from '../../shared/remapping/map-again-dialog.js';
import { lagWords } from '../../shared/signals/signal-words.js';
import { Status } from '../../shared/status/status.js';
import { filesHref, mappingHref, signalsHref } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { authenticationWords, systemState } from './source-words.js';
import type { SourceSystem } from './sources-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './sources.module.css';

type SystemDetailProps = { system: SourceSystem; onClose: () => void; onEdit: () => void };

/** One source system: where it sends to, how it proves itself, what it sent today. */
export function SystemDetail({ system, onClose, onEdit }: SystemDetailProps) {
  const now = useNow();
  const can = useCan();
  const { tone, word } = systemState(system, now);
  const [again, setAgain] = useState<MapAgainScope>();
  return (
    <article className={page['detail']} aria-label={system.title}>
      <DetailHead
        topline={
          <>
            <span className="mono">{system.name}</span>
            <Status tone={tone}>{word}</Status>
          </>
        }
        title={systemSentence(system)}
        onClose={onClose}
      />
      <div className={page['acts']}>
        <PermittedButton needs="catalog.write" what="Changing source systems" onClick={onEdit}>
          {system.webhookAuthentication === 'none' ? 'Change' : 'Change or rotate the secret'}
        </PermittedButton>
        <PermittedButton
          needs="mapping.run"
          what="Mapping again"
          variant="default"
          leftSection={<Icon name="again" size={14} />}
          onClick={() => setAgain({ onlyUnmapped: system.unmappedToday > 0, days: 'all' })}
        >
          Map again
        </PermittedButton>
        {again && (
          <MapAgainDialog
            selection={{ sourceSystem: system.name, ...selectionOf(again) }}
            what={`What ${system.title} sent is read once more, by the mappings that are in force now. Spans of its services are not among it: they belong to no source system.`}
            choices={<MapAgainChoices scope={again} onScope={setAgain} />}
            onClose={() => setAgain(undefined)}
            onOver={() => undefined}
          />
        )}
      </div>
      <Facts
        facts={[
          { name: 'Kind', value: system.kind },
          { name: 'Zone of its local times', value: system.timeZone },
          {
            name: 'Last received',
            value: system.lastReceivedAt ? `${age(system.lastReceivedAt, now)} ago` : 'never',
            ...(system.lastReceivedAt && { title: exactInstant(system.lastReceivedAt) }),
          },
          {
            name: 'Today',
            value: (
              <AppLink href={signalsHref({ system: [system.name], from: startOfUtcDay(now) })}>
                {count(system.signalsToday, 'signal')}
              </AppLink>
            ),
          },
          {
            name: 'Cannot be read, today',
            value: (
              <AppLink href={signalsHref({ system: [system.name], state: ['UNMAPPED'], from: startOfUtcDay(now) })}>
                {countNumber(system.unmappedToday)}
              </AppLink>
            ),
          },
          { name: 'Longest lag, today', value: lagWords(system.longestLagSecondsToday) },
          {
            name: 'Mapping',
            value: system.mapping ? (
              <AppLink href={mappingHref(system.mapping.name)}>{system.mapping.title}</AppLink>
            ) : (
              <span className={page['critical']}>none takes this kind</span>
            ),
          },
          ...(can('signal.read')
            ? [{ name: 'Files', value: <AppLink href={filesHref({ system: [system.name] })}>its files</AppLink> }]
            : []),
        ]}
      />
      <Panel title="Webhooks">
        <div className={styles['stack']}>
          <div className={styles['address']}>
            <code className="mono">{system.webhookPath}</code>
            <CopyButton text={system.webhookPath} label="Copy the webhook address" />
          </div>
          <p className="muted">
            At the address of your collector. Give it to {system.title} as the target of its webhooks.
          </p>
          <Facts
            facts={[
              { name: 'They prove themselves by', value: authenticationWords(system.webhookAuthentication) },
              { name: 'Secret', value: secretWords(system) },
            ]}
          />
        </div>
      </Panel>
    </article>
  );
}

function systemSentence(system: SourceSystem): string {
  if (!system.isActive) return `${system.title} is off: what it sends is refused.`;
  if (system.lastReceivedAt === null) return `${system.title} has not sent anything yet.`;
  if (system.unmappedToday > 0) {
    return `${system.title} sent ${count(system.signalsToday, 'signal')} today; ${countNumber(system.unmappedToday)} cannot be read.`;
  }
  return `${system.title} sent ${count(system.signalsToday, 'signal')} today; all of them can be read.`;
}

function secretWords(system: SourceSystem): string {
  if (system.webhookAuthentication === 'none') return 'not needed';
  if (!system.hasSecret) return 'not set: its webhooks are refused';
  const until = system.previousSecretUntil;
  return until ? `set; the one before is taken until ${dateTime(until)}` : 'set, never shown again';
}
