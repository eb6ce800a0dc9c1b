import { Button } from '@mantine/core';
import { useState } from 'react';
import { dateTime } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Status, type Tone } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import {
  ApproveValidationRuleDocument,
  RetireValidationRuleDocument,
  type Rule,
  type RuleVersion,
} from './rule-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './rules.module.css';

const STATES: Readonly<Record<string, { tone: Tone; word: string }>> = {
  draft: { tone: 'waiting', word: 'To approve' },
  active: { tone: 'good', word: 'In force' },
  retired: { tone: 'unknown', word: 'Retired' },
};

type VersionsProps = { rule: Rule; onEdit: (definition: string) => void; onChanged: () => void };
type Asked = { act: 'approve' | 'retire'; version: RuleVersion };

/** Who saved which version when, who approved it, and what is in force. */
export function RuleVersions({ rule, onEdit, onChanged }: VersionsProps) {
  const viewer = useViewer();
  const [asked, setAsked] = useState<Asked>();
  const approve = useAct(ApproveValidationRuleDocument);
  const retire = useAct(RetireValidationRuleDocument);
  const close = () => setAsked(undefined);
  const finish = async ({ run }: typeof approve | typeof retire, words: string) => {
    if (!asked || !(await run({ name: rule.name, version: asked.version.version }))) return;
    tell(`Version ${asked.version.version} ${words}`);
    close();
    onChanged();
  };
  if (rule.versions.length === 0) return null;
  return (
    <Panel title="Versions" isFlush>
      <ScrollRegion label="Versions of the rule" className={page['scroll']}>
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">State</th>
              <th scope="col">Note</th>
              <th scope="col">Saved</th>
              <th scope="col">
                <span className="visually-hidden">What can be done</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rule.versions.map((version) => (
              <tr key={version.version}>
                <td>{version.version}</td>
                <td>
                  <Status tone={STATES[version.state]?.tone ?? 'unknown'}>
                    {STATES[version.state]?.word ?? version.state}
                  </Status>
                  {version.fault && <p>{version.fault}</p>}
                </td>
                <td>{version.note}</td>
                <td>
                  {version.createdBy?.displayName ?? 'Throughline'},{' '}
                  <span className="muted">{dateTime(version.createdAt)}</span>
                </td>
                <td>
                  <span className={page['acts']}>
                    <Button size="compact-xs" variant="default" onClick={() => onEdit(version.definition)}>
                      Edit
                    </Button>
                    <VersionActs
                      version={version}
                      isOwn={version.createdBy?.id === viewer.id}
                      onAsk={(act) => setAsked({ act, version })}
                    />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {asked?.act === 'approve' && (
        <FormDialog
          title={`Put version ${asked.version.version} in force`}
          submit="Put in force"
          size={720}
          onClose={close}
          onSubmit={() => void finish(approve, 'is in force')}
          isRunning={approve.isRunning}
          problem={approve.problem}
        >
          <p>All that is stored is checked, and what changes from now on. Each violation becomes an exception.</p>
          <pre className={styles['definition']}>{asked.version.definition}</pre>
        </FormDialog>
      )}
      {asked?.act === 'retire' && (
        <FormDialog
          title={`Retire version ${asked.version.version}`}
          submit="Retire"
          isDangerous
          onClose={close}
          onSubmit={() => void finish(retire, 'is retired')}
          isRunning={retire.isRunning}
          problem={retire.problem}
        >
          <p>
            The version before it comes back into force, or the shipped one where there is one. What it opened and no
            rule says any more is resolved.
          </p>
        </FormDialog>
      )}
    </Panel>
  );
}

type ActsProps = { version: RuleVersion; isOwn: boolean; onAsk: (act: Asked['act']) => void };

function VersionActs({ version, isOwn, onAsk }: ActsProps) {
  const button = { size: 'compact-xs' } as const;
  if (version.state === 'retired') return null;
  return (
    <>
      {version.state === 'draft' && (
        <PermittedButton
          {...button}
          needs="exception.approve"
          what="Putting rules in force"
          whyNot={isOwn ? 'You saved it: another person puts it in force.' : undefined}
          onClick={() => onAsk('approve')}
        >
          Put in force
        </PermittedButton>
      )}
      <PermittedButton
        {...button}
        needs="catalog.write"
        what="Retiring rules"
        variant="default"
        onClick={() => onAsk('retire')}
      >
        Retire
      </PermittedButton>
    </>
  );
}
