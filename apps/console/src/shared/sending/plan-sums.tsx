import { countNumber } from '../format/words.js';
import { sumWords, type PlanSum } from './sum-words.js';
import page from '../page/list-page.module.css';

/** Money per legal entity and currency. */
export function PlanSums({ sums, label }: { sums: readonly PlanSum[]; label: string }) {
  if (sums.length === 0) return <p className="muted">No money is told of it.</p>;
  return (
    <table className={page['plain']} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Entity</th>
          <th scope="col">Money</th>
          <th scope="col">Documents</th>
        </tr>
      </thead>
      <tbody>
        {sums.map((sum) => (
          <tr key={`${sum.legalEntity ?? ''} ${sum.inflow.currency}`}>
            <td>{sum.legalEntity ?? 'none'}</td>
            <td>{sumWords(sum)}</td>
            <td>{countNumber(sum.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
