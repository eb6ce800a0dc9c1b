import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { tell } from '../../shared/tell.js';
import { RewriteRunbookDocument, WriteRunbookDocument, type Runbook } from './runbook-documents.js';
import { SCOPE_NAMES, SCOPES, type ScopeName } from './runbook-words.js';
import styles from './runbooks.module.css';

type WriteProps = {
  /** what a new one is about, where that is known */
  place?: { scope: ScopeName; key: string } | undefined;
  /** of which this is a new version */
  runbook?: Runbook;
  onClose: () => void;
  onDone: (id: string) => void;
};

const KEY_WORDS: Record<ScopeName, string> = {
  GROUP: 'Id of the group',
  PROBLEM: 'Code of the problem',
  INTEGRATION: 'Name of the integration',
  CATEGORY: 'Name of the category',
  QUEUE: 'Name of the queue',
};

const EXAMPLE = `What happened, and how to see it.

- [ ] Look at …
- [ ] Ask …
- [ ] Send again`;

/** A runbook, or the next version of one. */
export function WriteRunbookDialog({ place, runbook, onClose, onDone }: WriteProps) {
  const [scope, setScope] = useState<ScopeName>(place?.scope ?? 'PROBLEM');
  const [key, setKey] = useState(place?.key ?? '');
  const [title, setTitle] = useState(runbook?.title ?? '');
  const [body, setBody] = useState(runbook?.body ?? '');
  const write = useAct(WriteRunbookDocument);
  const rewrite = useAct(RewriteRunbookDocument);
  const submit = async () => {
    const words = { title: title.trim(), body };
    const answer =
      runbook === undefined
        ? await write.run({ scope, scopeKey: key.trim(), words })
        : await rewrite.run({ id: runbook.id, version: runbook.version, words });
    if (answer === undefined) return;
    tell(runbook === undefined ? 'The runbook is written' : `Version ${runbook.version + 1} is written`);
    onDone(answer.runbook.id);
  };
  return (
    <FormDialog
      title={runbook === undefined ? 'Write a runbook' : `Version ${runbook.version + 1} of the runbook`}
      submit="Save"
      size={720}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={title.trim() !== '' && body.trim() !== '' && (runbook !== undefined || key.trim() !== '')}
      isRunning={write.isRunning || rewrite.isRunning}
      problem={write.problem ?? rewrite.problem}
    >
      {runbook === undefined && (
        <>
          <Select
            label="About"
            data={SCOPES.map((name) => ({ value: name, label: SCOPE_NAMES[name] }))}
            allowDeselect={false}
            value={scope}
            onChange={(value) => setScope(value as ScopeName)}
          />
          <TextInput label={KEY_WORDS[scope]} value={key} onChange={(event) => setKey(event.currentTarget.value)} />
        </>
      )}
      <TextInput
        data-autofocus
        label="Title"
        placeholder="A selling unit has no company code"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        className={styles['body']}
        label="What to do"
        description="Markdown; a line that begins with - [ ] is a step that is ticked for each exception"
        placeholder={EXAMPLE}
        rows={14}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
