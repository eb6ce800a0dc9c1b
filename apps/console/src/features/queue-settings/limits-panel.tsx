import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatMoney } from '../../shared/format/money.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { FormDialog, Problem } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import {
  AcceptanceLimitsDocument,
  ApproveAcceptanceLimitDocument,
  DiscardAcceptanceLimitDocument,
  SaveAcceptanceLimitDocument,
  type LimitSetting,
  type LimitVersion,
} from './limits-documents.js';
import page from '../../shared/page/list-page.module.css';

const BUTTON = { size: 'compact-xs', variant: 'default' } as const;

/** Up to where one person closes without correction, by legal entity; another than its maker puts a change in force. */
export function LimitsPanel() {
  const { data, error, isLoading, reload } = useLoad(AcceptanceLimitsDocument, {});
  const [changed, setChanged] = useState<LimitSetting>();
  const done = (words: string) => {
    tell(words);
    setChanged(undefined);
    reload();
  };
  return (
    <Panel title="Closing without correction: above it a second person decides" isFlush>
      {isLoading && <Loading label="limits" rows={3} />}
      {error && !data && <Failed what="list of limits" error={error} onRetry={reload} />}
      {data && (
        <ScrollRegion label="Limits of legal entities" className={page['scroll']}>
          <table className={page['plain']}>
            <thead>
              <tr>
                <th scope="col">Legal entity</th>
                <th scope="col">Limit</th>
                <th scope="col">Waits to be put in force</th>
                <th scope="col">
                  <span className="visually-hidden">What can be done</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.acceptanceLimits.map((setting) => (
                <LimitRow key={setting.legalEntity} setting={setting} onChange={setChanged} onDone={done} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {changed && <LimitDialog setting={changed} onClose={() => setChanged(undefined)} onDone={done} />}
    </Panel>
  );
}

type RowProps = {
  setting: LimitSetting;
  onChange: (setting: LimitSetting) => void;
  onDone: (words: string) => void;
};

function LimitRow({ setting, onChange, onDone }: RowProps) {
  const { legalEntity, limit, isGeneral, versions } = setting;
  const active = versions.find(({ state }) => state === 'active');
  const draft = versions.find(({ state }) => state === 'draft');
  return (
    <tr>
      <td>{legalEntity}</td>
      <td title={active?.note}>
        {formatMoney(limit)} {isGeneral && <span className="muted">the general one</span>}
        {!isGeneral && active?.approvedBy && <span className="muted">approved by {active.approvedBy.displayName}</span>}
      </td>
      <td className={page['anywhere']}>
        {draft ? (
          <DraftCell legalEntity={legalEntity} draft={draft} onDone={onDone} />
        ) : (
          <span className="muted">–</span>
        )}
      </td>
      <td>
        <PermittedButton
          {...BUTTON}
          needs="catalog.write"
          what="Changing limits"
          aria-label={`Change the limit of ${legalEntity}`}
          onClick={() => onChange(setting)}
        >
          Change
        </PermittedButton>
      </td>
    </tr>
  );
}

type DraftProps = { legalEntity: string; draft: LimitVersion; onDone: (words: string) => void };

function DraftCell({ legalEntity, draft, onDone }: DraftProps) {
  const viewer = useViewer();
  const approve = useAct(ApproveAcceptanceLimitDocument);
  const discard = useAct(DiscardAcceptanceLimitDocument);
  const { version, limit, note, createdBy } = draft;
  const words = limit ? formatMoney(limit) : 'the general one';
  const problem = approve.problem ?? discard.problem;
  const isMaker = createdBy?.id === viewer.id;
  const put = async () => {
    if (await approve.run({ legalEntity, version })) onDone(`${legalEntity}: ${words} from now on`);
  };
  const away = async () => {
    if (await discard.run({ legalEntity, version })) onDone(`${legalEntity}: ${words} is thrown away`);
  };
  return (
    <>
      <Status tone="waiting">{words}</Status>{' '}
      <span className="muted">
        by {createdBy?.displayName ?? 'somebody'}
        {note && `: ${note}`}
      </span>
      <span className={page['acts']}>
        <PermittedButton
          {...BUTTON}
          needs="exception.approve"
          what="Putting limits in force"
          whyNot={isMaker ? 'Another person than its maker puts it in force.' : undefined}
          loading={approve.isRunning}
          onClick={() => void put()}
        >
          Put in force
        </PermittedButton>
        <PermittedButton
          {...BUTTON}
          needs="catalog.write"
          what="Changing limits"
          loading={discard.isRunning}
          onClick={() => void away()}
        >
          Throw away
        </PermittedButton>
      </span>
      {problem && <Problem problem={problem} />}
    </>
  );
}

type DialogProps = { setting: LimitSetting; onClose: () => void; onDone: (words: string) => void };

function LimitDialog({ setting: { legalEntity, limit, isGeneral }, onClose, onDone }: DialogProps) {
  const [amount, setAmount] = useState(isGeneral ? '' : limit.amount);
  const [note, setNote] = useState('');
  const save = useAct(SaveAcceptanceLimitDocument);
  const submit = async () => {
    const stated = amount.trim() === '' ? null : amount.trim();
    const done = await save.run({ legalEntity, amount: stated, note: note.trim() });
    if (done) onDone(`The limit of ${legalEntity} waits to be put in force by another person`);
  };
  return (
    <FormDialog
      title={`Limit of ${legalEntity}`}
      submit="Save"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={note.trim() !== ''}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      <p>
        Above it a second person decides on closing without correction; so does one where no rate is known. It holds
        once another person has put it in force.
      </p>
      <TextInput
        data-autofocus
        label="Limit in EUR"
        description="Empty: the general one again. 0: a second person decides on all that has money at risk"
        value={amount}
        onChange={(event) => setAmount(event.currentTarget.value)}
      />
      <Textarea
        label="Why"
        description="Whoever puts it in force reads it"
        rows={2}
        maxLength={1_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
