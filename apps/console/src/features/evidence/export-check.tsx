import { Button, FileInput, Modal, TextInput, Tooltip } from '@mantine/core';
import { useMemo, useState } from 'react';
import { dateTime } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink } from '../../shared/navigation.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { evidenceHref } from '../../shared/url.js';
import { VerifyExportDocument, type ExportProof } from './export-check-documents.js';
import styles from './evidence-page.module.css';

const SHA_256 = /^[0-9a-f]{64}$/i;

/** Proves a file that was exported: by the file itself, or by the hash that it states. */
export function ExportCheck() {
  const [isOpen, setOpen] = useState(false);
  useKeys(
    useMemo(() => [{ keys: 'c', label: 'Check an exported file', group: 'Evidence', run: () => setOpen(true) }], []),
    !isOpen,
  );
  return (
    <>
      <Tooltip label="Check an exported file (c)">
        <Button variant="default" onClick={() => setOpen(true)}>
          Check a file
        </Button>
      </Tooltip>
      {isOpen && <CheckDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function CheckDialog({ onClose }: { onClose: () => void }) {
  const [hash, setHash] = useState('');
  const [problem, setProblem] = useState<string>();
  const take = async (file: File | null) => {
    setProblem(undefined);
    if (file === null) return;
    try {
      setHash(await sha256Of(file));
    } catch {
      setProblem('The file could not be read here. Take its SHA-256 with another program, and paste it below.');
    }
  };
  const isWhole = SHA_256.test(hash.trim());
  return (
    <Modal opened onClose={onClose} title="Check an exported file" size={620}>
      <div className={styles['check']}>
        <FileInput
          data-autofocus
          label="The file"
          description="It stays in this browser: its SHA-256 alone is asked for"
          placeholder="Choose a CSV or workbook"
          clearable
          error={problem}
          onChange={(file) => void take(file)}
        />
        <TextInput
          label="Or its SHA-256"
          description="Of the file, or that of its rows, which the file states"
          value={hash}
          error={hash.trim() !== '' && !isWhole && 'A SHA-256 has 64 characters, 0 to 9 and a to f'}
          onChange={(event) => setHash(event.currentTarget.value)}
        />
        {isWhole && <Verdict hash={hash.trim().toLowerCase()} onLeave={onClose} />}
      </div>
    </Modal>
  );
}

function Verdict({ hash, onLeave }: { hash: string; onLeave: () => void }) {
  const load = useLoad(VerifyExportDocument, { hash });
  if (load.isLoading) return <Loading label="record" rows={2} />;
  if (load.error) return <Failed what="record" error={load.error} onRetry={load.reload} />;
  const proofs = load.data?.verifyExport ?? [];
  if (proofs.length === 0) {
    return (
      <p role="status">
        <Status tone="critical">Not proved</Status> No export has this hash: the file was changed after it was given, or
        does not come from here.
      </p>
    );
  }
  return (
    <ul role="status">
      {proofs.map((proof) => (
        <li key={`${proof.exportId} ${proof.proves}`} className={styles['proof']}>
          <Status tone="good">
            {proof.proves === 'file' ? 'The whole file is as it was given' : 'The rows are as they were given'}
          </Status>
          <p>{proofSentence(proof)}</p>
          <p className="muted">
            {proof.filter.join('; ') || 'No filter: all exceptions'}.{' '}
            <AppLink href={evidenceHref({ type: 'export', subject: proof.exportId })} onClick={onLeave}>
              See the record
            </AppLink>
            {proof.isSealed ? ', which is sealed.' : ', which is not sealed yet.'}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** "Anna Lindqvist exported 3 exceptions as CSV on 30 Sep 10:00 CEST, as of then, from the view “Tax”." */
export function proofSentence(proof: Omit<ExportProof, 'filter' | 'isSealed' | 'proves' | 'exportId'>): string {
  const { exportedByName, rows, format, exportedAt, asOf, view } = proof;
  const from = view === null ? '' : `, from the view “${view}”`;
  return `${exportedByName} exported ${count(rows, 'exception')} as ${format.toUpperCase()} on ${dateTime(exportedAt)}${from}. It holds what was so on ${dateTime(asOf)}.`;
}

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
