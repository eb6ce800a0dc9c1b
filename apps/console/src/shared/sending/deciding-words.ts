import type { RequeueRequestState } from '../../gql/graphql.js';
import { countNumber } from '../format/words.js';

type Deciding = { items: number; done: number; letGo: number; setAside: number };

/** How far what was decided on a large request is carried out: "Approved: 4,000 of 98,412 made ready; nothing has gone out." */
export function decidingSentence(state: RequeueRequestState, deciding: Deciding | null | undefined): string {
  if (!deciding) return '';
  const { items, done, letGo, setAside } = deciding;
  const of = `${countNumber(done)} of ${countNumber(items)}`;
  const aside = setAside === 0 ? '' : ` ${countNumber(setAside)} set aside: it could not be carried out there.`;
  if (state === 'CLOSING') return `Not sent: ${of} given back.${aside}`;
  const fallen = done - letGo - setAside;
  const rest = fallen === 0 ? '' : ` ${countNumber(fallen)} of them ${fallen === 1 ? 'does' : 'do'} not go any more.`;
  return `Approved: ${of} made ready; nothing has gone out.${rest}${aside}`;
}
