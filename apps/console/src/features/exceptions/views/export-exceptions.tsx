import { Button, Menu, Tooltip } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ExportProgress } from '../../../shared/export/export-progress.js';
import { useExport } from '../../../shared/export/use-export.js';
import { count } from '../../../shared/format/words.js';
import { useKeys } from '../../../shared/keyboard/keyboard.js';
import { exceptionExportHref, type ExceptionFile, type ExportedExceptions } from '../../../shared/url-exports.js';
import styles from './saved-views.module.css';

/** More than this no file holds. */
const MOST = 200_000;

const FILES: readonly { file: ExceptionFile; name: string; holds: string }[] = [
  { file: 'exceptions.xlsx', name: 'Workbook (XLSX)', holds: 'rows, and what they are' },
  { file: 'exceptions.csv', name: 'CSV', holds: 'one line each' },
];

type ExportProps = { chosen: ExportedExceptions; total: number; isEstimate: boolean };

/** Takes what the list shows away as a file that says what it is and can be proved. */
export function ExportExceptions({ chosen, total, isEstimate }: ExportProps) {
  const [isOpen, setOpen] = useState(false);
  const { state, start, cancel, dismiss } = useExport();
  const isRunning = state.phase === 'running';
  // of an estimate only the export itself knows whether it is too much
  const whyNot =
    total === 0
      ? 'There is nothing to export.'
      : total > MOST && !isEstimate
        ? 'A file holds up to 200,000: narrow the list.'
        : undefined;
  const canStart = whyNot === undefined && !isRunning;
  useKeys(
    useMemo(() => [{ keys: 'Shift-d', label: 'Export', group: 'Views', run: () => setOpen(canStart) }], [canStart]),
  );
  return (
    <span className={styles['ways']}>
      <Menu position="bottom-end" width={320} opened={isOpen} onChange={setOpen} disabled={whyNot !== undefined}>
        <Tooltip label={whyNot ?? 'Export (Shift-d)'} disabled={isOpen}>
          <div>
            <Menu.Target>
              <Button
                variant="subtle"
                size="compact-xs"
                loading={isRunning}
                {...(whyNot !== undefined && { 'aria-disabled': true, 'data-disabled': true })}
              >
                Export
              </Button>
            </Menu.Target>
          </div>
        </Tooltip>
        <Menu.Dropdown>
          <Menu.Label>
            Export {isEstimate ? 'about ' : ''}
            {count(total, 'exception')}
          </Menu.Label>
          {FILES.map(({ file, name, holds }) => (
            <Menu.Item
              key={file}
              onClick={() => start(exceptionExportHref(file, chosen))}
              rightSection={<span className="muted">{holds}</span>}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Label>Who exports what is kept as evidence, with its hash.</Menu.Label>
        </Menu.Dropdown>
      </Menu>
      <ExportProgress noun="exceptions" state={state} onCancel={cancel} onAgain={start} onDismiss={dismiss} />
    </span>
  );
}
