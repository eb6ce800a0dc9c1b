import type { MoneyBalance } from './money-balances.js';

/**
 * Balances as lines, by object: "in 970.00 EUR + fx-gain 5.00 = balanced", "out 950.00 EUR, short 50.00". An object whose
 * parts are unexplained ends with "BREAK 50.00".
 */
export function describeBalances(balances: readonly MoneyBalance[]): Record<string, string[]> {
  const lines: Record<string, string[]> = {};
  for (const { objectId, currency, sides, unexplained } of balances) {
    const own = (lines[objectId] ??= []);
    for (const { side, flows, explained, residual, standing } of sides) {
      const because = explained.map(({ kind, amount }) => ` + ${kind} ${amount.amount}`).join('');
      const rest = residual === null || standing === 'balanced' ? '' : ` ${residual.amount}`;
      own.push(`${side} ${flows.amount} ${currency}${because}, ${standing}${rest}`);
    }
    if (!/^0(\.0+)?$/.test(unexplained.amount)) own.push(`BREAK ${unexplained.amount}`);
  }
  return lines;
}
