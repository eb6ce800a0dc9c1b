import type { PayloadChange } from './correction-documents.js';
import { shownJson } from './correction-values.js';
import styles from './correction.module.css';

/** What differs, place by place: what stood there and what stands there now. */
export function ChangeList({ changes, label }: { changes: readonly PayloadChange[]; label: string }) {
  return (
    <table className={styles['changes']} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ pointer, from, to }) => (
          <tr key={pointer}>
            <th scope="row" className="mono">
              {pointer === '' ? 'the whole' : pointer}
            </th>
            <td>
              <del>{shownJson(from)}</del>
            </td>
            <td>
              <ins>{shownJson(to)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
