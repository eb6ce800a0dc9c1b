import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Empty } from '../../shared/states/states.js';
import { Status, type Tone } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { DiffView } from './diff-view.js';
import {
  ApproveMappingDocument,
  RetireMappingDocument,
  type MappingFull,
  type MappingVersion,
} from './mapping-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './bench.module.css';

const STATES: Readonly<Record<string, { tone: Tone; word: string }>> = {
  draft: { tone: 'waiting', word: 'To approve' },
  active: { tone: 'good', word: 'In force' },
  retired: { tone: 'unknown', word: 'Retired' },
  shipped: { tone: 'unknown', word: 'As shipped' },
};

type VersionsPanelProps = {
  mapping: MappingFull;
  onEdit: (definition: string) => void;
  /** a version came into force or went out of it */
  onChanged: () => void;
};

type Asked = { act: 'approve' | 'retire' | 'compare'; version: MappingVersion };

/** Who saved which version when, who approved it, and what is in force. */
export function VersionsPanel({ mapping, onEdit, onChanged }: VersionsPanelProps) {
  const viewer = useViewer();
  const [asked, setAsked] = useState<Asked>();
  const approve = useAct(ApproveMappingDocument);
  const retire = useAct(RetireMappingDocument);
  const close = () => setAsked(undefined);
  const finish = async (run: typeof approve.run | typeof retire.run, words: string) => {
    if (!asked) return;
    const { version } = asked.version;
    if (!(await run({ name: mapping.name, version }))) return;
    tell(`Version ${version} ${words}`);
    close();
    onChanged();
  };
  const newestFirst = mapping.versions.toSorted((a, b) => b.version - a.version);
  return (
    <Panel title="Versions" isFlush aside={count(newestFirst.length, 'version')}>
      {newestFirst.length === 0 ? (
        <Empty title="Only the shipped version exists">Save a changed definition to make a version of your own.</Empty>
      ) : (
        <ScrollRegion label="Versions of the mapping" className={page['scroll']}>
          <table className={`${page['plain']} ${styles['versions']}`}>
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
              {newestFirst.map((version) => (
                <tr key={version.version}>
                  <td>{version.version}</td>
                  <td>
                    <VersionState version={version} />
                    {version.fault && <p className={styles['fault']}>{version.fault}</p>}
                  </td>
                  <td>{version.note === '' ? <span className="muted">–</span> : version.note}</td>
                  <td title={exactInstant(version.createdAt)}>
                    {version.createdBy?.displayName ?? 'Throughline'},{' '}
                    <span className="muted">{dateTime(version.createdAt)}</span>
                  </td>
                  <td>
                    {version.approvedBy ? (
                      <>
                        {version.approvedBy.displayName},{' '}
                        <span className="muted">{version.approvedAt && dateTime(version.approvedAt)}</span>
                      </>
                    ) : (
                      <span className="muted">–</span>
                    )}
                  </td>
                  <td>
                    <span className={styles['versionActs']}>
                      <Button size="compact-xs" variant="default" onClick={() => onEdit(version.definition)}>
                        Edit
                      </Button>
                      <Button
                        size="compact-xs"
                        variant="default"
                        disabled={version.definition === mapping.definition}
                        onClick={() => setAsked({ act: 'compare', version })}
                      >
                        Difference
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
      )}
      {asked?.act === 'compare' && (
        <Modal opened onClose={close} title={`Version ${asked.version.version} against the one in force`} size={860}>
          <DiffView
            before={mapping.definition}
            after={asked.version.definition}
            label="Difference of the definitions"
          />
        </Modal>
      )}
      {asked?.act === 'approve' && (
        <FormDialog
          title={`Approve version ${asked.version.version}`}
          submit="Approve"
          size={760}
          onClose={close}
          onSubmit={() => void finish(approve.run, 'is in force')}
          isRunning={approve.isRunning}
          problem={approve.problem}
        >
          <p>
            It comes into force at once, for every signal from now on. Signals that are stored change only when they are
            mapped again.
          </p>
          <DiffView before={mapping.definition} after={asked.version.definition} label="What changes" />
        </FormDialog>
      )}
      {asked?.act === 'retire' && (
        <FormDialog
          title={`Retire version ${asked.version.version}`}
          submit="Retire"
          isDangerous
          onClose={close}
          onSubmit={() => void finish(retire.run, 'is retired')}
          isRunning={retire.isRunning}
          problem={retire.problem}
        >
          <p>The version before it comes back into force, or the shipped one where there is none.</p>
        </FormDialog>
      )}
    </Panel>
  );
}

function VersionState({ version }: { version: MappingVersion }) {
  const { tone, word } = STATES[version.state.toLowerCase()] ?? { tone: 'unknown' as const, word: version.state };
  return <Status tone={tone}>{word}</Status>;
}

type VersionActsProps = { version: MappingVersion; isOwn: boolean; onAsk: (act: 'approve' | 'retire') => void };

function VersionActs({ version, isOwn, onAsk }: VersionActsProps) {
  const state = version.state.toLowerCase();
  if (state === 'draft') {
    return (
      <PermittedButton
        needs="mapping.approve"
        what="Approving mappings"
        size="compact-xs"
        whyNot={isOwn ? 'You saved it: another person approves it.' : undefined}
        onClick={() => onAsk('approve')}
      >
        Approve
      </PermittedButton>
    );
  }
  if (state !== 'active') return null;
  return (
    <PermittedButton
      needs="catalog.write"
      what="Retiring mappings"
      size="compact-xs"
      variant="default"
      onClick={() => onAsk('retire')}
    >
      Retire
    </PermittedButton>
  );
}
