import { Checkbox, Modal, Textarea } from '@mantine/core';
import { useMemo } from 'react';
import { useLoad } from '../../../shared/graphql/use-load.js';
import { AppLink } from '../../../shared/navigation.js';
import { FormDialog } from '../../../shared/page/form-dialog.js';
import { ChangeList } from '../../../shared/payload/change-list.js';
import { PayloadLines } from '../../../shared/payload/payload-view.js';
import { prepareRaw } from '../../../shared/payload/prepare-raw.js';
import { Empty, Failed, Loading } from '../../../shared/states/states.js';
import { changeableFieldsHref } from '../../../shared/url-rules.js';
import { useCan } from '../../../shared/viewer/viewer.js';
import type { ExceptionRow } from '../exception-documents.js';
import { CorrectablePayloadDocument, type Correctable } from './correction-documents.js';
import { CorrectionFields } from './correction-fields.js';
import { ProblemsElsewhere } from './problems-elsewhere.js';
import { RawEditor } from './raw-editor.js';
import { StaleNotice } from './stale-notice.js';
import { useCorrection } from './use-correction.js';
import { placeOf, useFormRows } from './use-form-rows.js';
import { changesSentence } from './correction-values.js';
import { VersionList } from './version-list.js';
import styles from './correction.module.css';

const WIDTH = 1180;
const LEAST_REASON = 3;

type CorrectionDialogProps = {
  row: ExceptionRow;
  onClose: () => void;
  onSaved: (version: number, isToSend: boolean) => void;
};

/** What failed is put right field by field: only what its integration declares, checked while one types, beside the raw payload. */
export function CorrectionDialog({ row, onClose, onSaved }: CorrectionDialogProps) {
  const { data, error, reload } = useLoad(
    CorrectablePayloadDocument,
    { exceptionId: row.id },
    { policy: 'network-only' },
  );
  const title = `Correct ${row.businessObject.key}`;
  const payload = data?.correctablePayload;
  if (payload?.canCorrect && payload.fields.length + payload.lists.length > 0) {
    return (
      <Form
        title={title}
        row={row}
        loaded={payload}
        failedField={data?.exception?.failure?.failedField ?? null}
        onClose={onClose}
        onSaved={onSaved}
      />
    );
  }
  return (
    <Modal opened onClose={onClose} title={title} size={WIDTH}>
      {!data && !error && <Loading label="payload" rows={6} />}
      {error && !data && <Failed what="payload" error={error} onRetry={reload} />}
      {data && <WhyNot payload={payload ?? undefined} integration={row.integration?.name} />}
    </Modal>
  );
}

function WhyNot({ payload, integration }: { payload: Correctable | undefined; integration: string | undefined }) {
  const can = useCan();
  if (!payload) {
    return (
      <Empty title="The failure came without a payload">
        Put it right at its source, or ask for it to be extracted anew when it is sent again.
      </Empty>
    );
  }
  const mayDeclare = payload.changeable.length === 0 && integration !== undefined && can('catalog.write');
  return (
    <Empty
      title="Nothing of it can be corrected here"
      action={
        mayDeclare ? (
          <AppLink href={changeableFieldsHref({ open: integration })}>Declare what may be changed</AppLink>
        ) : undefined
      }
    >
      {payload.whyNot ?? 'None of the declared fields is in this payload.'}
    </Empty>
  );
}

type FormProps = CorrectionDialogProps & { title: string; loaded: Correctable; failedField: string | null };

function Form({ title, row, loaded, failedField, onClose, onSaved }: FormProps) {
  const correction = useCorrection(row.id, loaded, onSaved);
  const { payload, check, edits } = correction;
  const rows = useFormRows(correction.rows);
  const places = useMemo(() => new Set(correction.rows.map(placeOf)), [correction.rows]);
  const isShown = (pointer: string) =>
    correction.raw === undefined && rows.shown.some((row) => placeOf(row) === pointer);
  const needsWord = (check?.toConfirm.length ?? 0) > 0;
  const canSave =
    edits.length > 0 &&
    check?.problems.length === 0 &&
    correction.isCurrent &&
    correction.reason.trim().length >= LEAST_REASON &&
    (!needsWord || correction.isConfirmed) &&
    correction.stale === undefined;
  return (
    <FormDialog
      title={title}
      size={WIDTH}
      submit="Save and send…"
      also={{ label: 'Save', run: () => void correction.save(false) }}
      onSubmit={() => void correction.save(true)}
      onClose={onClose}
      canSubmit={canSave}
      isRunning={correction.isSaving}
      problem={correction.problem}
    >
      {correction.stale && <StaleNotice stale={correction.stale} onGoOn={correction.goOn} />}
      <div className={styles['columns']}>
        <section aria-label="What may be changed">
          <h3 className={styles['heading']}>What may be changed</h3>
          <Checkbox
            label="Write it as text"
            checked={correction.raw !== undefined}
            onChange={(event) => correction.writeAsText(event.currentTarget.checked)}
          />
          {correction.raw ? (
            <RawEditor
              text={correction.raw.text}
              fault={correction.rawFault}
              isMasked={payload.isMasked}
              onChange={correction.changeRaw}
            />
          ) : (
            <CorrectionFields correction={correction} rows={rows} failedField={failedField} />
          )}
        </section>
        <Raw payload={payload} failedField={failedField} />
      </div>
      <section className={styles['section']} aria-label="What differs" aria-live="polite">
        <h3 className={styles['heading']}>{changesSentence(check?.changes.length ?? 0, payload.failedVersion)}</h3>
        {check && check.changes.length > 0 && (
          <ChangeList changes={check.changes} label={`Against version ${payload.failedVersion}`} />
        )}
        <ProblemsElsewhere
          problems={check?.problems.filter(({ pointer }) => !isShown(pointer)) ?? []}
          failure={correction.checkFailure}
          canShow={(pointer) => correction.raw === undefined && places.has(pointer)}
          onShow={rows.find}
        />
      </section>
      {needsWord && (
        <Checkbox
          label="I stand for changing this here and not at its source"
          description={`Facts of a posting: ${check?.toConfirm.join(', ') ?? ''}. Books and source will differ until the source is put right too.`}
          checked={correction.isConfirmed}
          onChange={(event) => correction.confirm(event.currentTarget.checked)}
        />
      )}
      <Textarea
        label="Reason"
        description="Kept with the version as evidence"
        placeholder="Selling unit was renamed; agreed with sales"
        required
        withAsterisk={false}
        rows={2}
        value={correction.reason}
        onChange={(event) => correction.giveReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function Raw({ payload, failedField }: { payload: Correctable; failedField: string | null }) {
  const latest = payload.versions.find(({ number }) => number === payload.latestVersion);
  const lines = useMemo(
    () =>
      prepareRaw(
        latest?.payloadJson ?? '',
        'application/json',
        failedField ? { place: failedField, reason: '' } : undefined,
      ).lines,
    [latest, failedField],
  );
  return (
    <section aria-label="The payload as it is">
      <h3 className={styles['heading']}>
        Version {payload.latestVersion}
        {payload.isMasked && <span className="muted">, account numbers masked</span>}
      </h3>
      <div className={styles['raw']}>
        <PayloadLines lines={lines} label={`Payload, version ${payload.latestVersion}`} />
      </div>
      {payload.versions.length > 1 && <VersionList versions={payload.versions} failedVersion={payload.failedVersion} />}
    </section>
  );
}
