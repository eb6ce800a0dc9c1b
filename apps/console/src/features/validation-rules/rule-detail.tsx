import { Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useClient } from 'urql';
import { describeFailure } from '../../shared/graphql/failure.js';
import { useAct, type ActProblem } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { FormDialog, Problem } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { tell } from '../../shared/tell.js';
import { exceptionsHref, objectHref } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import {
  RecheckValidationRuleDocument,
  SaveValidationRuleDocument,
  TryValidationRuleDocument,
  ValidationRuleDocument,
  type Rule,
  type RuleTrialAnswer,
} from './rule-documents.js';
import { RuleVersions } from './rule-versions.js';
import { newRule, trialAnswer } from './rule-words.js';
import page from '../../shared/page/list-page.module.css';
import styles from './rules.module.css';

type DetailProps = { name: string; onClose: () => void; onChanged: () => void };

/** One rule: what it says, what violates it, its definition to change and to try, and its versions. */
export function RuleDetail({ name, onClose, onChanged }: DetailProps) {
  const can = useCan();
  const load = useLoad(ValidationRuleDocument, { name, withObjects: can('exception.read') });
  if (load.isLoading) return <Loading label="rule" rows={8} />;
  if (load.error && !load.data) return <Failed what="rule" error={load.error} onRetry={load.reload} />;
  const changed = () => {
    load.reload();
    onChanged();
  };
  return <WholeRule rule={load.data?.validationRule ?? unwritten(name)} onClose={onClose} onChanged={changed} />;
}

/** What is shown of a rule before its first version is saved. */
function unwritten(name: string): Rule {
  return {
    name,
    title: name,
    taxonomy: '',
    severity: 'warning',
    about: [],
    inWords: 'Nothing yet: write what violates it, try it on what is stored, and save it.',
    isShipped: false,
    activeVersion: 0,
    definition: newRule(name),
    violations: 0,
    versions: [],
  };
}

type WholeProps = { rule: Rule; onClose: () => void; onChanged: () => void };

function WholeRule({ rule, onClose, onChanged }: WholeProps) {
  const [definition, setDefinition] = useState(rule.definition);
  const [isSaving, setSaving] = useState(false);
  const trial = useTrial();
  const can = useCan();
  const recheck = useAct(RecheckValidationRuleDocument);
  const isChanged = definition !== rule.definition || rule.versions.length + rule.activeVersion === 0;
  const { run } = trial;
  useKeys(
    useMemo(
      () => [{ keys: 'Mod-enter', label: 'Try the rule', group: 'Rule', run: () => void run(definition) }],
      [run, definition],
    ),
    can('exception.work'),
  );
  const checkAll = async () => {
    if (!(await recheck.run({ name: rule.name }))) return;
    tell('All that is stored is checked; this may take some minutes');
    onChanged();
  };
  return (
    <article className={page['detail']} aria-label={rule.title}>
      <DetailHead
        topline={
          <>
            <span className="mono">{rule.name}</span>
            {rule.taxonomy !== '' && (
              <AppLink href={exceptionsHref({ kind: [rule.taxonomy] })}>{rule.taxonomy}</AppLink>
            )}
          </>
        }
        title={rule.title}
        onClose={onClose}
      />
      <p>{rule.inWords}</p>
      <div className={page['acts']}>
        <PermittedButton
          needs="exception.work"
          what="Trying rules"
          keys="Ctrl Enter"
          size="compact-sm"
          variant="default"
          loading={trial.isRunning}
          onClick={() => void run(definition)}
        >
          Try it
        </PermittedButton>
        <PermittedButton
          needs="catalog.write"
          what="Changing rules"
          size="compact-sm"
          whyNot={isChanged ? undefined : 'The definition is the one in force: nothing to save.'}
          onClick={() => setSaving(true)}
        >
          Save as new version
        </PermittedButton>
        <PermittedButton
          needs="catalog.write"
          what="Checking what is stored"
          size="compact-sm"
          variant="subtle"
          loading={recheck.isRunning}
          whyNot={rule.activeVersion === 0 ? 'No version of it is in force.' : undefined}
          onClick={() => void checkAll()}
        >
          Check all that is stored
        </PermittedButton>
      </div>
      {recheck.problem && <Problem problem={recheck.problem} />}
      <TrialPanel answer={trial.answer} problem={trial.problem} isStale={trial.of !== definition} />
      <Textarea
        classNames={{ input: styles['definition'] ?? '' }}
        label="Definition"
        description="YAML: facts are key, amount, currency, legalEntity, counterparty, attributes.<name>, and those of links"
        spellCheck={false}
        rows={20}
        value={definition}
        onChange={(event) => setDefinition(event.currentTarget.value)}
      />
      {rule.firstViolations && rule.firstViolations.length > 0 && (
        <Panel title="Violated by" aside={`${rule.violations} now`}>
          <Objects objects={rule.firstViolations} />
        </Panel>
      )}
      <RuleVersions rule={rule} onEdit={setDefinition} onChanged={onChanged} />
      {isSaving && (
        <SaveDialog
          name={rule.name}
          definition={definition}
          onClose={() => setSaving(false)}
          onSaved={() => {
            setSaving(false);
            tell('Saved; another person can put it in force');
            onChanged();
          }}
        />
      )}
    </article>
  );
}

function useTrial() {
  const client = useClient();
  const [isRunning, setRunning] = useState(false);
  const [state, setState] = useState<{ of: string; answer?: RuleTrialAnswer; problem?: ActProblem }>();
  const run = useMemo(
    () => async (definition: string) => {
      setRunning(true);
      const result = await client
        .query(TryValidationRuleDocument, { definition }, { requestPolicy: 'network-only' })
        .toPromise();
      setRunning(false);
      const answer = result.data?.tryValidationRule;
      if (answer?.__typename === 'ValidationRuleTried') setState({ of: definition, answer });
      else if (answer) setState({ of: definition, problem: answer });
      else if (result.error)
        setState({ of: definition, problem: { message: describeFailure(result.error).message, problems: [] } });
    },
    [client],
  );
  return { run, isRunning, of: state?.of, answer: state?.answer, problem: state?.problem };
}

type TrialProps = {
  answer: RuleTrialAnswer | undefined;
  problem: ActProblem | undefined;
  isStale: boolean;
};

function TrialPanel({ answer, problem, isStale }: TrialProps) {
  if (problem) return <Problem problem={problem} />;
  if (answer?.__typename !== 'ValidationRuleTried') return null;
  const { trial } = answer;
  return (
    <Panel
      title="On what is stored"
      aside={isStale ? 'of the definition before the last change' : 'nothing is changed'}
    >
      <p aria-live="polite">{trialAnswer(trial)}</p>
      <Objects objects={trial.first} />
      {trial.missing.length > 0 && (
        <p className="muted">Missing: {trial.missing.map(({ fact, count }) => `${fact} (${count})`).join(', ')}</p>
      )}
    </Panel>
  );
}

type Violation = { object: { id: string; type: string; key: string }; message: string };

function Objects({ objects }: { objects: readonly Violation[] }) {
  if (objects.length === 0) return null;
  return (
    <ul className={styles['objects']}>
      {objects.map(({ object, message }) => (
        <li key={object.id}>
          <AppLink href={objectHref(object.id)}>{object.key}</AppLink> <span className="muted">{message}</span>
        </li>
      ))}
    </ul>
  );
}

type SaveProps = { name: string; definition: string; onClose: () => void; onSaved: () => void };

function SaveDialog({ name, definition, onClose, onSaved }: SaveProps) {
  const [note, setNote] = useState('');
  const save = useAct(SaveValidationRuleDocument);
  const submit = async () => {
    if (await save.run({ name, definition, note: note.trim() })) onSaved();
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
      <p>It is not in force until another person has approved it.</p>
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
