import { countNumber } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { signalsHref } from '../../shared/url.js';
import type { MappingRow } from './mapping-documents.js';
import page from '../../shared/page/list-page.module.css';

/** Versions that were saved and wait for a second person. */
export function waitingVersions(mapping: Pick<MappingRow, 'versions'>): number {
  return mapping.versions.filter((version) => version.state.toLowerCase() === 'draft').length;
}

/** Whether the version in force came with the product or was made here. */
export function originWords(mapping: Pick<MappingRow, 'versions' | 'isInCode'>): string {
  if (mapping.isInCode) return 'part of the program';
  return mapping.versions.some((version) => version.state.toLowerCase() === 'active') ? 'your own' : 'as shipped';
}

export function mappingColumns(): DataColumn<MappingRow>[] {
  return [
    { id: 'title', header: 'Mapping', cell: (row) => <strong title={row.title}>{row.title}</strong> },
    { id: 'name', header: 'Name', width: 150, hideBelow: 760, cell: (row) => <span className="mono">{row.name}</span> },
    {
      id: 'kinds',
      header: 'Reads',
      width: 200,
      hideBelow: 900,
      cell: (row) => <span title={row.reads}>{row.reads}</span>,
    },
    {
      id: 'version',
      header: 'In force',
      width: 170,
      cell: (row) => (
        <>
          version {row.activeVersion} <span className="muted">{originWords(row)}</span>
        </>
      ),
    },
    {
      id: 'waiting',
      header: 'To approve',
      width: 110,
      cell: (row) => {
        const waiting = waitingVersions(row);
        return waiting > 0 ? <Status tone="waiting">{`${waiting} waiting`}</Status> : <span className="muted">–</span>;
      },
    },
    {
      id: 'unmapped',
      header: 'Cannot be read',
      width: 124,
      align: 'end',
      cell: (row) =>
        row.signalsUnmapped > 0 ? (
          <AppLink className={page['critical']} href={signalsHref({ state: ['UNMAPPED'], mapping: row.name })}>
            {countNumber(row.signalsUnmapped)}
          </AppLink>
        ) : (
          0
        ),
    },
  ];
}
