import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { dateTime } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { IntegrationTabs } from '../../shared/page/integration-tabs.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { StatusShape } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { integrationsHref } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { ActionFields } from './action-fields.js';
import {
  CompensationSettingDocument,
  SaveCompensationSettingDocument,
  type CompensatedIntegration,
} from './compensation-setting-documents.js';
import { declaredWords, newAction, settingAnswer, toEdited, toInput, type EditedAction } from './declared-words.js';
import styles from './compensation-page.module.css';

/** What an integration reverses, cancels or tells where something went wrong. */
export function CompensationPage({ integration }: { integration: string }) {
  const { data, error, isLoading, asOf, reload } = useLoad(CompensationSettingDocument, {}, { policy: 'network-only' });
  const row = data?.integrations.edges.find(({ node }) => node.name === integration)?.node;
  return (
    <div className={styles['page']}>
      <PageHeader
        name="What is undone"
        asOf={asOf}
        answer={row ? settingAnswer(row.title, row.compensations?.actions ?? []) : 'What is undone'}
        detail="Only what is declared here can be asked for. What moves money always needs two people, one of them from treasury."
        actions={<AppLink href={integrationsHref()}>All integrations</AppLink>}
      />
      {row && <IntegrationTabs integration={row.name} chosen="undo" />}
      {isLoading && <Loading label="declarations" rows={6} />}
      {error && !data && <Failed what="declarations" error={error} onRetry={reload} />}
      {data && !row && <Empty title="There is no such integration" />}
      {row && <Declarations key={row.compensations?.version ?? 0} row={row} onSaved={reload} />}
    </div>
  );
}

function Declarations({ row, onSaved }: { row: CompensatedIntegration; onSaved: () => void }) {
  const mayWrite = useCan()('catalog.write');
  const save = useAct(SaveCompensationSettingDocument);
  const [actions, setActions] = useState(() => (row.compensations?.actions ?? []).map(toEdited));
  const [note, setNote] = useState('');
  const put = (edited: EditedAction) => setActions(actions.map((one) => (one.id === edited.id ? edited : one)));
  const add = () => setActions([...actions, newAction(Math.max(0, ...actions.map(({ id }) => id)) + 1)]);
  const submit = async () => {
    const done = await save.run({
      integration: row.name,
      basedOn: row.compensations?.version ?? 0,
      actions: actions.map(toInput),
      note: note.trim(),
    });
    if (!done) return;
    tell(`What ${done.integration.title} undoes is saved and in force`);
    onSaved();
  };
  return (
    <>
      {!row.canRequeue && (
        <p>
          <StatusShape tone="warning" /> It has no target yet: what is declared can be asked for once it has one.
        </p>
      )}
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {actions.map((edited, index) => (
          <ActionFields
            key={edited.id}
            place={index + 1}
            edited={edited}
            isReadOnly={!mayWrite}
            onChange={put}
            onRemove={() => setActions(actions.filter(({ id }) => id !== edited.id))}
          />
        ))}
        {mayWrite ? (
          <>
            <div className={styles['buttons']}>
              <Button variant="default" onClick={add}>
                Add an action
              </Button>
            </div>
            <TextInput
              label="Why"
              description="Kept with the version"
              required
              withAsterisk={false}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            {save.problem && (
              <div role="alert" className={styles['problem']}>
                <StatusShape tone="critical" /> {save.problem.message}
                <ul>
                  {save.problem.problems.map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              </div>
            )}
            <div className={styles['buttons']}>
              <Button type="submit" disabled={note.trim() === ''} loading={save.isRunning}>
                Save
              </Button>
            </div>
          </>
        ) : (
          <p className="muted">To declare it you need the right to change the catalog, which an administrator gives.</p>
        )}
      </form>
      {row.compensationHistory.length > 0 && (
        <Panel title="Versions" aside="the latest is in force">
          <ol className={styles['history']}>
            {row.compensationHistory.map((version) => (
              <li key={version.version}>
                <b>{version.version}</b> {version.changedByName}, {dateTime(version.changedAt)}: {version.note}{' '}
                <span className="muted">{declaredWords(version.actions) || 'nothing'}</span>
              </li>
            ))}
          </ol>
        </Panel>
      )}
    </>
  );
}
