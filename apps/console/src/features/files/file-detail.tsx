import { useState } from 'react';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { alignedAmounts, formatAmount } from '../../shared/format/money.js';
import { count, countNumber, cutMiddle, plainWords, titleWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon } from '../../shared/icons/icon.js';
import { AppLink } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { PayloadView } from '../../shared/payload/payload-view.js';
import { MapAgainDialog } from '../../shared/remapping/map-again-dialog.js';
import { byteWords } from '../../shared/signals/signal-words.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { filesHref, signalsHref, sourcesHref } from '../../shared/url.js';
import { controlState, formatWords } from './file-words.js';
import { FileDocument, type FileFull } from './files-documents.js';
import page from '../../shared/page/list-page.module.css';

type FileDetailProps = {
  id: string;
  /** the row of the list, shown at once */
  known: FileFull | undefined;
  onClose: () => void;
};

/** One file: what it says of itself, its control totals side by side, its records. */
export function FileDetail({ id, known, onClose }: FileDetailProps) {
  const { data, error, isLoading, reload } = useLoad(FileDocument, { id });
  const file = data?.file ?? known;
  if (isLoading && !file) return <Loading label="file" rows={8} />;
  if (error && !file) return <Failed what="file" error={error} onRetry={reload} />;
  if (!file) {
    return (
      <Empty title="There is no such file" action={<AppLink href={filesHref()}>Go to the files</AppLink>}>
        It may be older than files are kept, or the address is incomplete.
      </Empty>
    );
  }
  return <Loaded file={file} onClose={onClose} onChanged={reload} />;
}

function Loaded({ file, onClose, onChanged }: { file: FileFull; onClose: () => void; onChanged: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const { tone, word } = controlState(file);
  const broken = file.controls.filter((control) => !control.isMet).length;
  const isWithoutPoint = file.format.toLowerCase() === 'bai2';
  return (
    <article className={page['detail']} aria-label={`File ${file.name}`}>
      <DetailHead
        topline={
          <>
            <span className="mono" title={file.name}>
              {cutMiddle(file.name, 48)}
            </span>
            <Status tone={tone}>{`Control totals ${word.toLowerCase()}`}</Status>
          </>
        }
        title={fileSentence(file, broken)}
        onClose={onClose}
      />
      <div className={page['acts']}>
        <PermittedButton
          needs="mapping.run"
          what="Mapping again"
          leftSection={<Icon name="again" size={14} />}
          onClick={() => setAsking(true)}
        >
          Map again
        </PermittedButton>
        <AppLink href={signalsHref({ file: file.id })}>See its {count(file.records, 'record')}</AppLink>
      </div>
      <Facts
        facts={[
          { name: 'Format', value: formatWords(file.format) },
          ...(file.layout ? [{ name: 'Layout', value: file.layout }] : []),
          {
            name: 'Source system',
            value: file.sourceSystem ? (
              <AppLink href={sourcesHref({ open: file.sourceSystem })}>{file.sourceSystem}</AppLink>
            ) : (
              'none'
            ),
          },
          { name: 'Received', value: dateTime(file.receivedAt, undefined, true), title: exactInstant(file.receivedAt) },
          { name: 'Size', value: byteWords(file.sizeBytes) },
          {
            name: 'Cannot be read',
            value: (
              <AppLink href={signalsHref({ file: file.id, state: ['UNMAPPED'] })}>
                {countNumber(file.unmappedRecords)}
              </AppLink>
            ),
          },
          {
            name: 'Content',
            value: <span className="mono">{cutMiddle(file.contentHash, 20)}</span>,
            title: `SHA-256 ${file.contentHash}: the same file sent again changes nothing`,
          },
        ]}
      />
      <Panel title="Control totals" aside={broken > 0 ? `${broken} of ${file.controls.length} broken` : undefined}>
        {file.controls.length === 0 ? (
          <p className="muted">The format, or this file, states none: nothing could be checked.</p>
        ) : (
          <>
            <Controls controls={file.controls} isWithoutPoint={isWithoutPoint} />
            {isWithoutPoint && (
              <p className="muted">
                BAI2 writes amounts without a decimal point; they are shown as the file states them.
              </p>
            )}
          </>
        )}
      </Panel>
      <Panel title="What the file says of itself" isFlush>
        <PayloadView payload={file.header} label="Header of the file" />
      </Panel>
      {isAsking && (
        <MapAgainDialog
          selection={{ fileId: file.id }}
          what={`The ${count(file.records, 'record')} of this file are read once more by the mapping that is in force now.`}
          onClose={() => setAsking(false)}
          onOver={onChanged}
        />
      )}
    </article>
  );
}

function fileSentence(file: FileFull, broken: number): string {
  const unread = file.unmappedRecords > 0 ? `; ${countNumber(file.unmappedRecords)} cannot be read` : '';
  const records = `${count(file.records, 'record')}${unread}`;
  if (broken === 0) return `${records}.`;
  return `${records}; ${count(broken, 'control total does', 'control totals do')} not add up.`;
}

type ControlsProps = { controls: FileFull['controls']; isWithoutPoint: boolean };

function Controls({ controls, isWithoutPoint }: ControlsProps) {
  return (
    <ScrollRegion label="Control totals of the file" className={page['scroll']}>
      <table className={page['plain']}>
        <thead>
          <tr>
            <th scope="col">Control</th>
            <th scope="col" data-align="end">
              Stated
            </th>
            <th scope="col" data-align="end">
              Counted
            </th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {controls.map((control, index) => {
            const isWhole = isWithoutPoint || control.kind === 'count';
            const figures = [control.expected, control.actual];
            const [stated, counted] = isWhole ? figures.map(formatAmount) : alignedAmounts(figures, control.currency);
            return (
              <tr key={`${control.name}/${control.scope}/${index}`}>
                <td className={page['anywhere']}>
                  {titleWords(control.name)}
                  <div className="muted">
                    {control.scope === '' ? 'the file' : plainScope(control.scope)}
                    {control.kind !== 'count' && control.currency !== null && `, ${control.currency}`}
                  </div>
                </td>
                <td data-align="end">{stated}</td>
                <td data-align="end" className={control.isMet ? undefined : page['critical']}>
                  {counted}
                </td>
                <td>{control.isMet ? <Status tone="good">Met</Status> : <Status tone="critical">Broken</Status>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Account and currency stay as they are; words of the program become words. */
function plainScope(scope: string): string {
  return /^[a-z-]+$/.test(scope) ? plainWords(scope) : scope;
}
