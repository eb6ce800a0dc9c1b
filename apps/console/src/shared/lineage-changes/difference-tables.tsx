import { countNumber } from '../format/words.js';
import { ScrollRegion } from '../page/scroll-region.js';
import { Status, type Tone } from '../status/status.js';
import { differing, inReadingOrder, shownFields, tableName } from './change-words.js';
import page from '../page/list-page.module.css';
import styles from './lineage-changes.module.css';

type Row = Record<string, unknown> | null;
export type Difference = {
  table: string;
  added: number;
  changed: number;
  removed: number;
  samples: readonly { label: string; before?: unknown; after?: unknown }[] | null;
};

type TablesProps = {
  caption: string;
  differences: readonly Difference[];
  /** what the changed side is called */
  after?: string;
};

/** Counts of every table of lineage, and some rows of each that differs, before and after. */
export function DifferenceTables({ caption, differences: given, after = 'As it would be' }: TablesProps) {
  const differences = inReadingOrder(given);
  const withSamples = differences.filter((one) => (one.samples ?? []).length > 0);
  const isHidden = differences.some((one) => one.samples === null && differing(one) > 0);
  return (
    <>
      <table className={page['plain']}>
        <caption className={styles['caption']}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Of</th>
            <th scope="col" data-align="end">
              New
            </th>
            <th scope="col" data-align="end">
              Changed
            </th>
            <th scope="col" data-align="end">
              Gone
            </th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <tr key={one.table} className={differing(one) === 0 ? 'muted' : undefined}>
              <td>{tableName(one.table)}</td>
              <td data-align="end">{countNumber(one.added)}</td>
              <td data-align="end">{countNumber(one.changed)}</td>
              <td data-align="end">{countNumber(one.removed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isHidden && <p className="muted">The rows themselves are for those who may read transactions.</p>}
      {withSamples.map((one) => (
        <Samples key={one.table} difference={one} afterName={after} />
      ))}
    </>
  );
}

function Samples({ difference, afterName }: { difference: Difference; afterName: string }) {
  const samples = difference.samples ?? [];
  return (
    <details className={styles['samples']}>
      <summary>
        {tableName(difference.table)}: {countNumber(samples.length)} of {countNumber(differing(difference))}
      </summary>
      <ScrollRegion label={`Rows of ${tableName(difference.table).toLowerCase()} that differ`}>
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Row</th>
              <th scope="col">As it is shown</th>
              <th scope="col">{afterName}</th>
            </tr>
          </thead>
          <tbody>
            {samples.map(({ label, before, after }, index) => (
              // a report never changes its order
              <Sample key={index} label={label} before={before as Row} after={after as Row} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  );
}

function Sample({ label, before, after }: { label: string; before: Row; after: Row }) {
  const { tone, word } = kindOf(before, after);
  const fields = shownFields(before, after);
  const side = (which: 'before' | 'after', isThere: boolean) =>
    isThere ? (
      <dl className={styles['fields']}>
        {fields.map((field) => (
          <div key={field.name}>
            <dt>{field.name}</dt>
            <dd>{field[which]}</dd>
          </div>
        ))}
      </dl>
    ) : (
      <span className="muted">not there</span>
    );
  return (
    <tr className={styles['sample']}>
      <td>
        <Status tone={tone}>{word}</Status>
      </td>
      <td className={page['anywhere']}>{label}</td>
      <td>{side('before', before !== null)}</td>
      <td>{side('after', after !== null)}</td>
    </tr>
  );
}

function kindOf(before: Row, after: Row): { tone: Tone; word: string } {
  if (before === null) return { tone: 'good', word: 'New' };
  return after === null ? { tone: 'critical', word: 'Gone' } : { tone: 'warning', word: 'Changed' };
}
