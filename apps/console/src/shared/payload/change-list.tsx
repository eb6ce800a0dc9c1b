import { shownChange } from './shown-json.js';
import styles from './change-list.module.css';

/** A difference in JSON texts; null = nothing stands there. */
type PayloadChange = { pointer: string; from: string | null; to: string | null };

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
        {changes.map((change) => {
          const { from, to } = shownChange(change);
          return (
            <tr key={change.pointer}>
              <th scope="row" className="mono">
                {change.pointer === '' ? 'the whole' : change.pointer}
                {elementWord(change)}
              </th>
              <td>
                <del>{from}</del>
              </td>
              <td>
                <ins>{to}</ins>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Positions are counted from nought in a place, and those after it change with an element that goes. */
function elementWord({ pointer, from, to }: PayloadChange) {
  if (!/\/\d+$/.test(pointer) || (from !== null && to !== null)) return null;
  return <span className="muted">{from === null ? ' added' : ' taken away'}</span>;
}
