import { age, dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber, cutMiddle } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { byteWords } from '../../shared/signals/signal-words.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { signalsHref } from '../../shared/url.js';
import { controlState } from './file-words.js';
import type { FileFull } from './files-documents.js';
import page from '../../shared/page/list-page.module.css';

export function fileColumns(now: Date): DataColumn<FileFull>[] {
  return [
    {
      id: 'received',
      header: 'Received',
      width: 158,
      cell: (row) => (
        <time title={`${exactInstant(row.receivedAt)}, ${age(row.receivedAt, now)} ago`}>
          {dateTime(row.receivedAt)}
        </time>
      ),
    },
    {
      id: 'name',
      header: 'File',
      cell: (row) => (
        <span className="mono" title={row.name}>
          {cutMiddle(row.name, 36)}
        </span>
      ),
    },
    { id: 'format', header: 'Format', width: 96, hideBelow: 680, cell: (row) => row.format },
    {
      id: 'source',
      header: 'Source',
      width: 150,
      hideBelow: 820,
      cell: (row) => row.sourceSystem ?? <span className="muted">none</span>,
    },
    {
      id: 'records',
      header: 'Records',
      width: 84,
      align: 'end',
      hideBelow: 600,
      cell: (row) => countNumber(row.records),
    },
    {
      id: 'size',
      header: 'Size',
      width: 84,
      align: 'end',
      hideBelow: 760,
      cell: (row) => byteWords(row.sizeBytes),
    },
    {
      id: 'controls',
      header: 'Control totals',
      width: 128,
      cell: (row) => {
        const { tone, word } = controlState(row);
        return <Status tone={tone}>{word}</Status>;
      },
    },
    {
      id: 'unread',
      header: 'Unread',
      width: 76,
      align: 'end',
      cell: (row) =>
        row.unmappedRecords > 0 ? (
          <AppLink className={page['critical']} href={signalsHref({ file: row.id, state: ['UNMAPPED'] })}>
            {countNumber(row.unmappedRecords)}
          </AppLink>
        ) : (
          0
        ),
    },
  ];
}
