import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { count, titleWords } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { tell } from '../../shared/tell.js';
import { approvalTabs } from './approval-tabs.js';
import { FourEyesRulesDocument, SaveFourEyesRulesDocument, type FourEyesRules } from './four-eyes-documents.js';
import { FourEyesVersions } from './four-eyes-versions.js';
import { fourEyesAnswer, limitWords, ruleConditions, rulePeople } from './four-eyes-words.js';
import page from '../../shared/page/list-page.module.css';
import styles from './approvals-page.module.css';

/** Who has to approve what is sent again, and within which limits; changed by two people. */
export function FourEyesPage() {
  const { data, error, isLoading, reload, asOf } = useLoad(FourEyesRulesDocument, {});
  const rules = data?.fourEyesRules;
  return (
    <div className={page['page']}>
      <PageHeader
        name="Approvals"
        asOf={asOf}
        answer={rules ? fourEyesAnswer(rules) : 'Who approves what'}
        detail="What moves money always needs two people, one of them from treasury: no rule changes that."
      />
      <SectionTabs label="Approvals" chosen="rules" tabs={approvalTabs()} />
      <div className={`${page['detail']} ${styles['page']}`}>
        {isLoading && <Loading label="rules" rows={8} />}
        {error && !data && <Failed what="rules" error={error} onRetry={reload} />}
        {rules && <Tables rules={rules} />}
        {rules && <Definition key={rules.definition} rules={rules} onChanged={reload} />}
      </div>
    </div>
  );
}

function Tables({ rules }: { rules: FourEyesRules }) {
  return (
    <>
      <Panel
        title="Rules"
        aside={`version ${rules.version}${rules.isShipped ? ', shipped' : ''}; expires after ${rules.expiresAfterHours} h; emergencies reviewed within ${count(rules.reviewWithinBusinessDays, 'business day')}`}
        isFlush
      >
        <ScrollRegion label="Four-eyes rules" className={page['scroll']}>
          <table className={page['plain']}>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">When</th>
                <th scope="col">Needs</th>
              </tr>
            </thead>
            <tbody>
              {rules.rules.map((rule) => (
                <tr key={rule.name}>
                  <td>{rule.title}</td>
                  <td>{ruleConditions(rule)}</td>
                  <td>{rulePeople(rule)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </Panel>
      <Panel title="Limits" aside="of one maker, for one counterparty, on one day (UTC)" isFlush>
        <ScrollRegion label="Limits" className={page['scroll']}>
          <table className={page['plain']}>
            <thead>
              <tr>
                <th scope="col">Who</th>
                <th scope="col">Approves up to</th>
              </tr>
            </thead>
            <tbody>
              {rules.limits.map((limit) => (
                <tr key={limit.role ?? limit.person}>
                  <td>{limit.role === null ? limit.person : titleWords(limit.role)}</td>
                  <td>{limitWords(limit)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </Panel>
    </>
  );
}

type DefinitionProps = { rules: FourEyesRules; onChanged: () => void };

function Definition({ rules, onChanged }: DefinitionProps) {
  const [definition, setDefinition] = useState(rules.definition);
  const [isSaving, setSaving] = useState(false);
  const isChanged = definition !== rules.definition;
  return (
    <>
      <Textarea
        classNames={{ input: styles['definition'] ?? '' }}
        label="Definition"
        description="YAML: when knows amountFrom, countFrom, legalEntities, integrations, objectTypes and actions"
        spellCheck={false}
        rows={18}
        value={definition}
        onChange={(event) => setDefinition(event.currentTarget.value)}
      />
      <div className={page['acts']}>
        <PermittedButton
          needs="catalog.write"
          what="Changing rules"
          size="compact-sm"
          whyNot={isChanged ? undefined : 'The definition is the one in force: nothing to save.'}
          onClick={() => setSaving(true)}
        >
          Save as new version
        </PermittedButton>
      </div>
      <FourEyesVersions versions={rules.versions} onEdit={setDefinition} onChanged={onChanged} />
      {isSaving && (
        <SaveDialog
          definition={definition}
          onClose={() => setSaving(false)}
          onSaved={() => {
            setSaving(false);
            tell('Saved; another person can put it in force');
            onChanged();
          }}
        />
      )}
    </>
  );
}

type SaveProps = { definition: string; onClose: () => void; onSaved: () => void };

function SaveDialog({ definition, onClose, onSaved }: SaveProps) {
  const [note, setNote] = useState('');
  const save = useAct(SaveFourEyesRulesDocument);
  const submit = async () => {
    if (await save.run({ definition, note: note.trim() })) onSaved();
  };
  return (
    <FormDialog
      title="Save as new version"
      submit="Save"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={note.trim() !== ''}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      <p>It is not in force until another person has approved it. What waits keeps what was asked of it.</p>
      <Textarea
        label="Note"
        description="What changed and why; the approver reads it"
        data-autofocus
        rows={3}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
