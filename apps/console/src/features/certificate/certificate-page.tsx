import { Button } from '@mantine/core';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber, plainWords, systemName } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { ChangeList } from '../../shared/payload/change-list.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { settledSentence } from '../../shared/sending/settle-words.js';
import { actionNoun } from '../../shared/status/action-words.js';
import { attemptState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import { exceptionHref, objectHref } from '../../shared/url.js';
import { runsHref } from '../../shared/url-requeue.js';
import { CertifiedPayload } from './certified-payload.js';
import { approvedBy, certificateAnswer, payloadSize } from './certificate-words.js';
import { RequeueCertificateDocument, type Certificate } from './certificate-documents.js';
import styles from './certificate.module.css';

/** What one send was, who decided it and what it became: to be read, and to be printed. */
export function CertificatePage({ attemptId }: { attemptId: string }) {
  const { data, isLoading, error, reload, asOf } = useLoad(RequeueCertificateDocument, { attemptId });
  const certificate = data?.requeueCertificate;
  return (
    <div className={styles['page']}>
      <PageHeader
        name="Certificate"
        asOf={asOf}
        answer={certificate ? certificateAnswer(certificate) : 'What one send became'}
        actions={
          certificate && (
            <span className={styles['screenOnly']}>
              <Button variant="default" onClick={() => window.print()}>
                Print
              </Button>
            </span>
          )
        }
      />
      {isLoading && <Loading label="certificate" rows={8} />}
      {error && !data && <Failed what="certificate" error={error} onRetry={reload} />}
      {data && !certificate && (
        <Empty title="There is no such send" action={<AppLink href={runsHref()}>All runs</AppLink>} />
      )}
      {certificate && <Whole certificate={certificate} />}
    </div>
  );
}

function Whole({ certificate }: { certificate: Certificate }) {
  const { attempt, subject, compensation, evidence } = certificate;
  const became = compensation?.undoneBy ?? certificate.became;
  const { tone, word } = attemptState(attempt.state);
  return (
    <div className={styles['panels']}>
      <Panel title="What was sent" aside={<Status tone={tone}>{word}</Status>}>
        <Facts
          facts={[
            {
              name: 'Document',
              value: (
                <AppLink href={exceptionHref(certificate.exceptionId)}>
                  {plainWords(subject.type)} <span className="mono">{subject.key}</span>
                </AppLink>
              ),
            },
            { name: 'Attempt', value: attempt.attempt },
            { name: 'To', value: certificate.integrationTitle ?? certificate.integration },
            ...(compensation
              ? undoneFacts(compensation)
              : [{ name: 'Payload version', value: certificate.payloadVersion ?? '–' }]),
            { name: 'Size', value: `${countNumber(certificate.bodyBytes)} bytes` },
            { name: 'Content type', value: certificate.contentType ?? '–' },
            { name: 'Payload', value: payloadSize(certificate.payload) },
            { name: 'Transmissions of the same bytes', value: attempt.transmissions },
          ]}
        />
        <Hash name="SHA-256 of the body" hash={certificate.bodyHash} />
        <Hash name="Idempotency key" hash={certificate.idempotencyKey} />
      </Panel>
      <CertifiedPayload certificate={certificate} />
      {certificate.changes.length > 0 && (
        <Panel title="What was corrected" aside="against what its source sent" isFlush>
          <ChangeList changes={certificate.changes} label="What was corrected" />
        </Panel>
      )}
      <Panel title="Who decided it">
        <Facts
          facts={[
            { name: 'Asked for by', value: attempt.makerName },
            { name: 'On', value: <Instant at={certificate.requestedAt} /> },
            { name: 'Reason', value: attempt.reason },
            {
              name: 'Approved by',
              value: approvedBy(certificate),
            },
          ]}
        />
        <Hash name="SHA-256 of the frozen selection" hash={certificate.selectionHash} />
      </Panel>
      <Panel title="What the target answered">
        <Facts
          facts={[
            { name: 'Last sent', value: <Instant at={attempt.sentAt} /> },
            { name: 'Taken', value: <Instant at={attempt.acknowledgedAt} /> },
            { name: 'Answer', value: attempt.httpStatus === null ? 'none' : `HTTP ${attempt.httpStatus}` },
            { name: 'Processed', value: <Instant at={attempt.processedAt} /> },
            { name: 'Ended', value: <Instant at={attempt.finishedAt} /> },
            { name: 'Outcome due by', value: <Instant at={certificate.verifyBy} /> },
          ]}
        />
        {attempt.settlement && (
          <p className={styles['answer']}>Not proved by telemetry. {settledSentence(attempt.settlement)}</p>
        )}
        {attempt.answer && <p className={styles['answer']}>{attempt.answer}</p>}
      </Panel>
      <Panel title={compensation ? 'What undid it' : 'What it became'}>
        {became.length === 0 ? (
          <p className="muted">
            {attempt.state === 'FAILED' ? 'Its run failed again: nothing.' : 'No run told of it yet.'}
          </p>
        ) : (
          <ol className={styles['list']}>
            {became.map((one) => (
              <li key={one.activityId}>
                <Instant at={one.occurredAt} /> · {one.activityType} in {systemName(one.system)}
                {one.documents.map((document) => (
                  <span key={document.objectId}>
                    {' · '}
                    <AppLink href={objectHref(document.objectId)}>
                      {plainWords(document.type)} <span className="mono">{document.key}</span>
                    </AppLink>
                  </span>
                ))}
              </li>
            ))}
          </ol>
        )}
      </Panel>
      <Panel title="Evidence">
        <Hash name="SHA-256 over the records below" hash={certificate.evidenceHash} />
        <ol className={styles['list']}>
          {evidence.map((record) => (
            <li key={record.id}>
              <Instant at={record.at} /> · {record.actorName} · {record.action}{' '}
              <span className="mono muted">{record.hash}</span>
              {!record.isSealed && <span className="muted"> (not sealed yet)</span>}
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  );
}

function undoneFacts({ action, document, postingDate, provedBy }: NonNullable<Certificate['compensation']>) {
  return [
    { name: 'Asked for', value: actionNoun(action) },
    { name: 'Of', value: `${plainWords(document.type)} ${document.key}` },
    { name: 'Posting date', value: postingDate ?? 'as its system chooses' },
    { name: 'Proved by', value: provedBy ?? 'being taken' },
  ];
}

function Instant({ at }: { at: string | null }) {
  return at === null ? <>–</> : <time title={exactInstant(at)}>{dateTime(at)}</time>;
}

function Hash({ name, hash }: { name: string; hash: string }) {
  return (
    <p className={styles['hash']}>
      <span className="muted">{name}</span> <code className="mono">{hash}</code>
    </p>
  );
}
