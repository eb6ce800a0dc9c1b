import { Fragment } from 'react';
import { isZero } from '../format/money.js';
import { MoneyText } from '../page/money-text.js';
import { Status } from '../status/status.js';
import { explainedWords, sideWord, standingOf, type Balance } from './balance-words.js';

/** Cells of one balance: side, flows, explanations, what is left, how it stands; one row a side. */
export function BalanceRows({ balance, lead }: { balance: Balance; lead?: React.ReactNode }) {
  return (
    <>
      {balance.sides.map((side, index) => {
        const { tone, word } = standingOf(side.standing);
        return (
          <tr key={side.side}>
            {lead !== undefined && <td>{index === 0 ? lead : null}</td>}
            <td data-align="end">{index === 0 ? <MoneyText money={balance.amount} /> : null}</td>
            <td>{sideWord(side.side)}</td>
            <td data-align="end">
              <MoneyText money={side.flows} />
            </td>
            <td>{explainedWords(side.explained) || <span className="muted">–</span>}</td>
            <td data-align="end">
              <MoneyText money={side.residual && !isZero(side.residual.amount) ? side.residual : null} />
            </td>
            <td>
              <Status tone={tone}>{word}</Status>
            </td>
          </tr>
        );
      })}
      {balance.sides.length === 0 && lead !== undefined && (
        <tr>
          <td>{lead}</td>
          <td data-align="end">
            <MoneyText money={balance.amount} />
          </td>
          <td colSpan={5} className="muted">
            nothing flows in or out
          </td>
        </tr>
      )}
    </>
  );
}

const COLUMNS = ['Amount', 'Side', 'Flows', 'Explained', 'Left'] as const;
const AT_END: ReadonlySet<string> = new Set(['Amount', 'Flows', 'Left']);

/** The head of a table of balances; `lead` names the first column, where there is one. */
export function BalanceHead({ lead }: { lead?: string }) {
  return (
    <thead>
      <tr>
        {lead !== undefined && <th scope="col">{lead}</th>}
        {COLUMNS.map((name) => (
          <Fragment key={name}>
            <th scope="col" {...(AT_END.has(name) && { 'data-align': 'end' })}>
              {name}
            </th>
          </Fragment>
        ))}
        <th scope="col">Standing</th>
      </tr>
    </thead>
  );
}
