import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { describeFailure } from '../../shared/graphql/failure.js';
import { count } from '../../shared/format/words.js';
import { useAct, type ActProblem } from '../../shared/graphql/use-act.js';
import { FormDialog, Problem } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Status } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { useCan, useViewer } from '../../shared/viewer/viewer.js';
import { moveRule, NEW_RULE, peopleToName, ruleInWords, toEdited, toInput, type EditedRule } from './rule-text.js';
import {
  ApplyRoutingRulesDocument,
  SaveRoutingRulesDocument,
  TryRoutingRulesDocument,
  type QueueSettings,
  type RuleSetting,
} from './settings-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './settings.module.css';

type RulesProps = {
  rules: readonly RuleSetting[];
  revision: string;
  queues: readonly QueueSettings[];
  onChanged: () => void;
};

/** The rules in the order in which they are tried: the tenant's own can be written, moved and taken away, the shipped ones follow. */
export function RulesPanel({ rules, revision, queues, onChanged }: RulesProps) {
  const own = rules.filter(({ isDefault }) => !isDefault);
  const can = useCan();
  const [edited, setEdited] = useState<{ at: number; rule: EditedRule }>();
  const save = useAct(SaveRoutingRulesDocument);
  const apply = useAct(ApplyRoutingRulesDocument);
  const saveAll = async (next: readonly EditedRule[], words: string) => {
    if (!(await save.run({ rules: next.map(toInput), seen: revision }))) return false;
    tell(words);
    onChanged();
    return true;
  };
  const applyNow = async () => {
    const answer = await apply.run({});
    if (!answer) return;
    const { looked, moved, assigned } = answer;
    tell(
      `${count(looked, 'exception')} looked at, ${moved} moved to another queue, ${assigned} assigned where they were`,
    );
  };
  const all = own.map(toEdited);
  const button = { needs: 'catalog.write', what: 'Changing rules', size: 'compact-xs', variant: 'default' } as const;
  return (
    <Panel
      title="Rules, in the order in which they are tried"
      isFlush
      aside={
        <span className={page['acts']}>
          <PermittedButton {...button} onClick={() => setEdited({ at: own.length, rule: NEW_RULE })}>
            New rule
          </PermittedButton>
          <PermittedButton {...button} loading={apply.isRunning} onClick={() => void applyNow()}>
            Apply to what is open
          </PermittedButton>
        </span>
      }
    >
      {can('exception.read') && <TryOut rules={all} />}
      {(save.problem ?? apply.problem) && !edited && (
        <Problem problem={(save.problem ?? apply.problem) as ActProblem} />
      )}
      <ScrollRegion label="Rules that lead to queues" className={page['scroll']}>
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">Takes</th>
              <th scope="col">To</th>
              <th scope="col">Assigned to</th>
              <th scope="col">
                <span className="visually-hidden">What can be done</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule, index) => (
              <tr key={`${String(rule.isDefault)} ${rule.name}`}>
                <td>
                  {rule.name} {rule.isDefault && <span className="muted">shipped</span>}
                </td>
                <td className={page['anywhere']}>{ruleInWords(rule)}</td>
                <td>{rule.queue.title}</td>
                <td>
                  {rule.person?.displayName ?? <span className="muted">nobody</span>}
                  {rule.whyNobody && (
                    <div className={styles['why']}>
                      <Status tone="warning" isSentence>
                        {rule.whyNobody}
                      </Status>
                    </div>
                  )}
                </td>
                <td>
                  {!rule.isDefault && (
                    <span className={page['acts']}>
                      <PermittedButton {...button} onClick={() => setEdited({ at: index, rule: toEdited(rule) })}>
                        Change
                      </PermittedButton>
                      <PermittedButton
                        {...button}
                        whyNot={index === 0 ? 'It is the first already.' : undefined}
                        onClick={() => void saveAll(moveRule(all, index, -1), `${rule.name} is tried earlier`)}
                      >
                        Up
                      </PermittedButton>
                      <PermittedButton
                        {...button}
                        whyNot={index === own.length - 1 ? 'It is the last of your own already.' : undefined}
                        onClick={() => void saveAll(moveRule(all, index, 1), `${rule.name} is tried later`)}
                      >
                        Down
                      </PermittedButton>
                      <PermittedButton
                        {...button}
                        onClick={() => void saveAll(all.toSpliced(index, 1), `${rule.name} is taken away`)}
                      >
                        Take away
                      </PermittedButton>
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {edited && (
        <RuleDialog
          rule={edited.rule}
          queues={queues}
          isRunning={save.isRunning}
          problem={save.problem}
          onClose={() => setEdited(undefined)}
          onSubmit={async (rule) => {
            const next = all.toSpliced(edited.at, edited.at < all.length ? 1 : 0, rule);
            if (await saveAll(next, `${rule.name.trim()} is saved`)) setEdited(undefined);
          }}
        />
      )}
    </Panel>
  );
}

type DialogProps = {
  rule: EditedRule;
  queues: readonly QueueSettings[];
  isRunning: boolean;
  problem: ActProblem | undefined;
  onClose: () => void;
  onSubmit: (rule: EditedRule) => Promise<void>;
};

function RuleDialog({ rule: first, queues, isRunning, problem, onClose, onSubmit }: DialogProps) {
  const [rule, setRule] = useState(first);
  const { people } = useViewer();
  const members = queues.find(({ name }) => name === rule.queue)?.members ?? [];
  const field = (name: keyof EditedRule, label: string, description?: string) => (
    <TextInput
      label={label}
      description={description}
      value={rule[name]}
      onChange={(event) => setRule({ ...rule, [name]: event.currentTarget.value })}
    />
  );
  return (
    <FormDialog
      title={first.name === '' ? 'New rule' : first.name}
      submit="Save"
      onClose={onClose}
      onSubmit={() => void onSubmit(rule)}
      canSubmit={rule.name.trim() !== ''}
      isRunning={isRunning}
      problem={problem}
    >
      <p>It holds for what is opened from now on. All conditions must hold; one that is left empty always does.</p>
      {field('name', 'Name')}
      <Select
        label="To queue"
        allowDeselect={false}
        data={queues.map(({ name, title }) => ({ value: name, label: title }))}
        value={rule.queue}
        onChange={(queue) => queue && setRule({ ...rule, queue, personId: '', personName: '' })}
      />
      <Select
        label="Assigned to"
        description="Empty: it waits in the queue. The deputy gets it where that person is away"
        searchable
        clearable
        data={peopleToName(rule, members.length > 0 ? members : people)}
        value={rule.personId === '' ? null : rule.personId}
        onChange={(personId) => setRule({ ...rule, personId: personId ?? '' })}
      />
      {field('taxonomies', 'Problems', 'Codes or categories, separated by commas')}
      {field('objectTypes', 'Kinds of object', 'e.g. invoice, payment')}
      {field('legalEntities', 'Legal entities')}
      {field('integrations', 'Integrations')}
      {field('fromAmount', 'Money at risk from, in EUR')}
    </FormDialog>
  );
}

type Trial = {
  queue: { title: string };
  rule: string;
  isDefault: boolean;
  assigneeName?: string | null | undefined;
  whyNobody?: string | null | undefined;
};

function trialWords({ queue, rule, isDefault, assigneeName, whyNobody }: Trial): string {
  const given = assigneeName ? ` ${assigneeName} gets it.` : whyNobody ? ` Nobody gets it: ${whyNobody}` : '';
  return `Goes to ${queue.title}, by the ${isDefault ? 'shipped rule' : 'rule'} “${rule}”.${given}`;
}

/** Where the rules would send one exception. */
function TryOut({ rules }: { rules: readonly EditedRule[] }) {
  const client = useClient();
  const [id, setId] = useState('');
  const [answer, setAnswer] = useState('');
  const run = async () => {
    // the address of its page serves as well as its id
    const exceptionId = id.trim().split('/').at(-1) ?? '';
    const result = await client
      .query(TryRoutingRulesDocument, { exceptionId, rules: rules.map(toInput) }, { requestPolicy: 'network-only' })
      .toPromise();
    const trial = result.data?.tryRoutingRules;
    if (result.error) setAnswer(describeFailure(result.error).message);
    else if (trial?.__typename === 'RoutingTrial') setAnswer(trialWords(trial));
    else setAnswer(trial ? [trial.message, ...trial.problems].join(' ') : '');
  };
  return (
    <form
      className={styles['try']}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <TextInput
        label="Try on an exception"
        placeholder="Its id, or the address of its page"
        w={360}
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={id.trim() === ''}>
        Try
      </Button>
      <span aria-live="polite">{answer}</span>
    </form>
  );
}
