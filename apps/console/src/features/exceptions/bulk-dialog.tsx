import { Button, Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import type { BulkActInput, BulkActKind } from '../../gql/graphql.js';
import { PreviewBulkActDocument, SubmitBulkActDocument, type BulkPreview } from '../../shared/bulk/bulk-documents.js';
import { BulkProgress } from '../../shared/bulk/bulk-progress.js';
import { forecastSentence, isOver, selectionSentence, shortHash } from '../../shared/bulk/bulk-words.js';
import { useBulkAct } from '../../shared/bulk/use-bulk-act.js';
import { toLocalInput } from '../../shared/format/local-input.js';
import { count } from '../../shared/format/words.js';
import { describeFailure } from '../../shared/graphql/failure.js';
import { useAct, type ActProblem } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { FormDialog, Problem } from '../../shared/page/form-dialog.js';
import { Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { bulkActsHref } from '../../shared/url-bulk.js';
import { BulkFields } from './bulk-fields.js';
import { bulkInputOf, isWhole, type BulkTarget, type BulkWords } from './bulk-input.js';
import bulk from '../../shared/bulk/bulk.module.css';
import styles from './dialogs.module.css';

const DAY_MS = 86_400_000;

/** Of the acts that are asked for with a selection. */
const TITLES: Readonly<Partial<Record<BulkActKind, string>>> = {
  ASSIGN: 'Assign',
  HAND_BACK: 'Hand back',
  MOVE: 'Move',
  PRIORITISE: 'Priority of',
  SNOOZE: 'Snooze',
  START: 'Take in hand',
  PUT_BACK: 'Put back',
  WAIT: 'Wait with',
  RESOLVE: 'Resolve',
  NOTE: 'Note on',
  ACCEPT: 'Close without correction',
  REROUTE: 'Apply the routing rules to',
};

type BulkDialogProps = {
  kind: BulkActKind;
  target: BulkTarget;
  /** Who it is assigned to, where that is clear already. */
  ownerId: string;
  onClose: () => void;
  /** It was asked for. */
  onSubmitted: () => void;
};

/** One act on many exceptions: what it needs to be told, what it would do, and how far it is. */
export function BulkDialog({ kind, target, ownerId, onClose, onSubmitted }: BulkDialogProps) {
  const [id, setId] = useState<string>();
  const title = `${TITLES[kind] ?? ''} ${count(target.count, 'exception')}`;
  if (id !== undefined) return <RunningDialog id={id} title={title} onClose={onClose} />;
  const submitted = (bulkActId: string) => {
    setId(bulkActId);
    onSubmitted();
  };
  return (
    <AskDialog kind={kind} target={target} ownerId={ownerId} title={title} onClose={onClose} onSubmitted={submitted} />
  );
}

type AskDialogProps = Omit<BulkDialogProps, 'onSubmitted'> & { title: string; onSubmitted: (id: string) => void };

function AskDialog({ kind, target, ownerId, title, onClose, onSubmitted }: AskDialogProps) {
  const [words, setWords] = useState<BulkWords>(() => ({
    kind,
    ownerId,
    isForwarded: false,
    reason: '',
    queue: '',
    band: '',
    end: toLocalInput(new Date(Date.now() + DAY_MS).toISOString()),
    isUntilAgain: true,
    waitReason: '',
    waitFor: 'TIME',
    legalEntity: '',
    period: new Date().toISOString().slice(0, 7),
    acceptReason: '',
  }));
  const input = bulkInputOf(words);
  const { selection } = target;
  const look = usePreview(selection, input);
  const submit = useAct(SubmitBulkActDocument);
  const { preview } = look;
  const deputyName = useDeputyOf(words.ownerId, preview);
  const canSubmit = preview !== undefined && preview.count > 0 && isWhole(input);
  const run = async () => {
    if (!canSubmit) return;
    const previewed = { hash: preview.hash, count: preview.count };
    const done = await submit.run({ selection, act: input, previewed });
    if (done) onSubmitted(done.bulkAct.id);
    // what matches now is shown, and may be accepted then
    else look.reload();
  };
  return (
    <FormDialog
      title={title}
      submit={preview ? `Do it with ${count(preview.count, 'exception')}` : 'Do it'}
      onClose={onClose}
      onSubmit={() => void run()}
      canSubmit={canSubmit}
      isRunning={submit.isRunning}
      problem={submit.problem ?? look.problem}
    >
      <BulkFields words={words} onChange={setWords} />
      <div className={bulk['preview']} role="group" aria-label="What it would do">
        {preview ? (
          <>
            <p className={styles['summary']}>{selectionSentence(preview.count, preview.amounts)}</p>
            <p>{forecastSentence(preview.forecast)}</p>
            {preview.warnings.map((warning) => (
              <Status key={warning} tone="warning" isSentence>
                {warning}
              </Status>
            ))}
            <p className="muted" title={preview.hash}>
              {preview.selectionWords} · selection <span className="mono">{shortHash(preview.hash)}</span>
            </p>
          </>
        ) : (
          <p className="muted">
            {input === undefined ? 'What it would do is shown here once the choice is made.' : 'Counting…'}
          </p>
        )}
        {deputyName !== null && (
          <Checkbox
            size="xs"
            label={`Give them to ${deputyName}, who stands in`}
            checked={words.isForwarded}
            onChange={(event) => setWords({ ...words, isForwarded: event.currentTarget.checked })}
          />
        )}
      </div>
    </FormDialog>
  );
}

/** Who stands in for a person, as last told: it is counted again when the deputy is chosen, and the choice stays where it is. */
function useDeputyOf(ownerId: string, preview: BulkPreview | undefined): string | null {
  const [told, setTold] = useState<{ ownerId: string; name: string | null }>();
  const known = told?.ownerId === ownerId ? told.name : null;
  const name = preview === undefined ? known : (preview.deputyName ?? null);
  if (preview !== undefined && (told?.ownerId !== ownerId || told.name !== name)) setTold({ ownerId, name });
  return name;
}

/** What the act would do; without its reason, which changes nothing of that. */
function usePreview(
  selection: BulkTarget['selection'],
  input: BulkActInput | undefined,
): { preview: BulkPreview | undefined; problem: ActProblem | undefined; reload: () => void } {
  const { reason: _reason, ...act } = input ?? { kind: 'NOTE' as const };
  const load = useLoad(
    PreviewBulkActDocument,
    { selection, act },
    { pause: input === undefined, policy: 'network-only' },
  );
  const answer = input === undefined ? undefined : load.data?.previewBulkAct;
  const refused = answer?.__typename === 'BulkActFailure' ? answer.message : undefined;
  const message = refused ?? (load.error && describeFailure(load.error).message);
  return {
    preview: answer?.__typename === 'BulkActPreview' ? answer : undefined,
    problem: message === undefined ? undefined : { message, problems: [] },
    reload: load.reload,
  };
}

function RunningDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const { bulkAct, isLoading, error, reload } = useBulkAct(id);
  const problem = error && !bulkAct && { message: describeFailure(error).message, problems: [] };
  return (
    <Modal opened onClose={onClose} title={title} size={520}>
      <div className={styles['stack']}>
        {isLoading && <Loading label="progress" rows={2} />}
        {problem && <Problem problem={problem} />}
        {bulkAct && <BulkProgress bulkAct={bulkAct} onSteered={reload} />}
        {bulkAct && !isOver(bulkAct.state) && (
          <p className="muted">It goes on when this is closed, and is found under Bulk acts.</p>
        )}
        <div className={styles['buttons']}>
          <AppLink href={bulkActsHref({ open: id })}>What became of each</AppLink>
          <Button data-autofocus onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Modal>
  );
}
