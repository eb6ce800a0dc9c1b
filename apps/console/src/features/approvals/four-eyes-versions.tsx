import { Button } from '@mantine/core';
import { useState } from 'react';
import { dateTime } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog, Problem } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Status, type Tone } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import {
  ApproveFourEyesRulesDocument,
  RetireFourEyesRulesDocument,
  type FourEyesVersion,
} from './four-eyes-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './approvals-page.module.css';

const STATES: Readonly<Record<string, { tone: Tone; word: string }>> = {
  draft: { tone: 'waiting', word: 'To approve' },
  active: { tone: 'good', word: 'In force' },
  retired: { tone: 'unknown', word: 'Retired' },
};

type VersionsProps = {
  versions: readonly FourEyesVersion[];
  onEdit: (definition: string) => void;
  onChanged: () => void;
};

/** Who saved which version when, who approved it, and what is in force. */
export function FourEyesVersions({ versions, onEdit, onChanged }: VersionsProps) {
  const viewer = useViewer();
  const [asked, setAsked] = useState<FourEyesVersion>();
  const approve = useAct(ApproveFourEyesRulesDocument);
  const retire = useAct(RetireFourEyesRulesDocument);
  if (versions.length === 0) return null;
  const putInForce = async () => {
    if (!asked || !(await approve.run({ version: asked.version }))) return;
    tell(`Version ${asked.version} is in force`);
    setAsked(undefined);
    onChanged();
  };
  const throwAway = async (version: number) => {
    if (!(await retire.run({ version }))) return;
    tell(`Version ${version} is thrown away`);
    onChanged();
  };
  return (
    <Panel title="Versions" isFlush>
      {retire.problem && <Problem problem={retire.problem} />}
      <ScrollRegion label="Versions of the rules" className={page['scroll']}>
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">State</th>
              <th scope="col">Note</th>
              <th scope="col">Saved</th>
              <th scope="col">Approved</th>
              <th scope="col">
                <span className="visually-hidden">What can be done</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
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
                <td>{version.approvedBy?.displayName ?? '–'}</td>
                <td>
                  <span className={page['acts']}>
                    <Button size="compact-xs" variant="default" onClick={() => onEdit(version.definition)}>
                      Edit
                    </Button>
                    {version.state === 'draft' && (
                      <>
                        <PermittedButton
                          size="compact-xs"
                          needs="requeue.approve"
                          what="Putting rules in force"
                          whyNot={
                            version.createdBy?.id === viewer.id
                              ? 'You saved it: another person puts it in force.'
                              : undefined
                          }
                          onClick={() => setAsked(version)}
                        >
                          Put in force
                        </PermittedButton>
                        <PermittedButton
                          size="compact-xs"
                          needs="catalog.write"
                          what="Throwing versions away"
                          variant="default"
                          onClick={() => void throwAway(version.version)}
                        >
                          Throw away
                        </PermittedButton>
                      </>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {asked && (
        <FormDialog
          title={`Put version ${asked.version} in force`}
          submit="Put in force"
          size={720}
          onClose={() => setAsked(undefined)}
          onSubmit={() => void putInForce()}
          isRunning={approve.isRunning}
          problem={approve.problem}
        >
          <p>It counts for what is asked for from now on. What waits keeps what was asked of it.</p>
          <pre className={styles['definition']}>{asked.definition}</pre>
        </FormDialog>
      )}
    </Panel>
  );
}
