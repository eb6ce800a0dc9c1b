import type { ExceptionReasonsQuery } from '../../gql/graphql.js';
import { formatMoney, joinWords } from '../../shared/format/money.js';

type Limits = Pick<ExceptionReasonsQuery['exceptionReasons'], 'acceptanceLimit' | 'acceptanceLimits'>;

/** Above what a second person decides on closing without correction: the limit of the legal entity, or the general one. */
export function limitOf(
  { acceptanceLimit, acceptanceLimits }: Limits,
  legalEntity: string | null | undefined,
): Limits['acceptanceLimit'] {
  return acceptanceLimits.find((one) => one.legalEntity === legalEntity)?.limit ?? acceptanceLimit;
}

/** "Above EUR 1,000 a second person decides on each; EUR 5,000 at DE01." */
export function limitsSentence({ acceptanceLimit, acceptanceLimits }: Limits): string {
  const others = acceptanceLimits.map(({ legalEntity, limit }) => `${formatMoney(limit)} at ${legalEntity}`);
  const also = others.length === 0 ? '' : `; ${joinWords(others)}`;
  return `Above ${formatMoney(acceptanceLimit)} a second person decides on each${also}. What one person closes of one counterparty in a day adds up.`;
}
