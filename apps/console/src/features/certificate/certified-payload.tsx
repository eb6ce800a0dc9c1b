import { Button } from '@mantine/core';
import { saveFile } from '../../shared/export/download-export.js';
import { Panel } from '../../shared/page/panel.js';
import { PayloadLines } from '../../shared/payload/payload-view.js';
import { prepareRaw } from '../../shared/payload/prepare-raw.js';
import { payloadFileName } from './certificate-words.js';
import type { Certificate } from './certificate-documents.js';
import styles from './certificate.module.css';

/** The payload as it was frozen and sent, as far as the viewer may see it: printed with the rest, or saved as a file. */
export function CertifiedPayload({ certificate }: { certificate: Certificate }) {
  const { payload, contentType, attempt } = certificate;
  const { text, isMasked, whyNot } = payload;
  const title = attempt.transmissions === 0 ? 'Payload as it is frozen' : 'Payload as it was sent';
  if (text === null) {
    return (
      <Panel title={title}>
        <p className="muted">{whyNot}</p>
      </Panel>
    );
  }
  const save = () =>
    saveFile(new Blob([text], { type: contentType ?? 'text/plain' }), payloadFileName(attempt.id, text));
  return (
    <Panel title={title} aside={isMasked ? 'account numbers are hidden' : undefined}>
      <div className={styles['payload']}>
        <PayloadLines lines={prepareRaw(text, contentType, undefined).lines} label={title} />
      </div>
      <span className={styles['screenOnly']}>
        <Button variant="default" size="xs" onClick={save}>
          Save as a file
        </Button>
      </span>
    </Panel>
  );
}
