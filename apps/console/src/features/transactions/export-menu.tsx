import { Button, Menu, Tooltip } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ExportProgress } from '../../shared/export/export-progress.js';
import { useExport } from '../../shared/export/use-export.js';
import { count } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { exportHref, type ExportFile } from '../../shared/url.js';
import styles from './export-menu.module.css';

/** More transactions than this only a CSV holds. */
const MOST_BUT_CSV = 100_000;

type Choice = { file: ExportFile; table?: string; name: string; holds: string };

const CHOICES: readonly Choice[] = [
  { file: 'transactions.xlsx', name: 'Workbook (XLSX)', holds: 'all of it, a sheet each' },
  { file: 'transactions.csv', table: 'transactions', name: 'CSV: transactions', holds: 'one line each' },
  { file: 'transactions.csv', table: 'milestones', name: 'CSV: milestones', holds: 'due and reached' },
  { file: 'transactions.csv', table: 'objects', name: 'CSV: objects', holds: 'documents and their amounts' },
  { file: 'transactions.csv', table: 'links', name: 'CSV: links', holds: 'what follows from what' },
  { file: 'transactions.ocel.json', name: 'OCEL 2.0', holds: 'event log for process mining' },
  { file: 'transactions.openlineage.ndjson', name: 'OpenLineage', holds: 'run events, one a line' },
];

type ExportMenuProps = {
  /** what is chosen: one transaction, or what a filter lets through */
  chosen: { id: string } | { filter: string | undefined; orderBy: string };
  total: number;
  isEstimate?: boolean;
};

/** Takes what is shown away as a file: the forms, how much it is, how far it has come, and why it failed. */
export function ExportMenu({ chosen, total, isEstimate = false }: ExportMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const { state, start, cancel, dismiss } = useExport();
  const isRunning = state.phase === 'running';
  const nothing = total === 0 ? 'There is nothing to export.' : undefined;
  useKeys(
    useMemo(
      () => [{ keys: 'd', label: 'Export', group: 'List', run: () => setOpen(total > 0 && !isRunning) }],
      [total, isRunning],
    ),
  );
  const what = `${isEstimate ? 'about ' : ''}${count(total, 'transaction')}`;
  return (
    <>
      <ExportProgress noun="transactions" state={state} onCancel={cancel} onAgain={start} onDismiss={dismiss} />
      <Menu position="bottom-end" width={330} opened={isOpen} onChange={setOpen} disabled={nothing !== undefined}>
        <Tooltip label={nothing ?? 'Export (d)'} disabled={isOpen}>
          <div>
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<Icon name="download" size={14} />}
                loading={isRunning}
                {...(nothing !== undefined && { 'aria-disabled': true, 'data-disabled': true })}
              >
                Export
              </Button>
            </Menu.Target>
          </div>
        </Tooltip>
        <Menu.Dropdown>
          <Menu.Label>Export {what}</Menu.Label>
          {CHOICES.map((choice) => {
            const isTooMuch = choice.file !== 'transactions.csv' && total > MOST_BUT_CSV;
            return (
              <Menu.Item
                key={choice.name}
                disabled={isTooMuch}
                onClick={() => start(hrefOf(choice, chosen))}
                rightSection={
                  <span className={styles['holds']}>{isTooMuch ? 'up to 100,000: narrow the list' : choice.holds}</span>
                }
              >
                {choice.name}
              </Menu.Item>
            );
          })}
          <Menu.Divider />
          <p className={styles['note']}>Who exports what is kept as evidence.</p>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function hrefOf({ file, table }: Choice, chosen: ExportMenuProps['chosen']): string {
  return exportHref(file, {
    ...('id' in chosen
      ? { id: chosen.id }
      : { ...(chosen.filter !== undefined && { filter: chosen.filter }), orderBy: chosen.orderBy }),
    // without the mark a spreadsheet takes UTF-8 for the code page of its country
    ...(table !== undefined && { table, bom: '1' }),
  });
}
