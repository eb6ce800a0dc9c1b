import type { FinanceEventProblem, ObjectType } from '@throughline/canonical';
import { runNamed } from '../wire-forms.js';
import { MINUTE } from '../time-units.js';
import type { Cast, Player } from './cast.js';
import type { Draw } from './draw.js';
import { type Flow, eventAt } from './flow.js';
import type { HistoryEvent } from './history-event.js';

/** What takes money or a document back, or puts it in its place again. */
const TURNS: readonly string[] = [
  ...['voided', 'reversed', 'cancelled', 'returned', 'charged-back', 'application-reversed'],
  ...['rejected', 'failed', 'reinstated', 'received', 'sent', 'posted'],
];
/** Told as failures, mostly. */
const REFUSALS: ReadonlySet<string> = new Set(['rejected', 'failed']);
const TURNED: ReadonlySet<ObjectType> = new Set(['payment', 'refund', 'settlement', 'credit-memo', 'invoice']);

/** What was paid or credited is taken back, once or more often, perhaps at one time with what puts it in its place again. */
export function turnMoney(draw: Draw, cast: Cast, flow: Flow, name: string): void {
  const player = draw.oneOf(flow.players.filter(({ type }) => TURNED.has(type)));
  if (player === undefined) return;
  let at = timeOf(draw, flow, player);
  for (let turn = draw.between(1, 3); turn > 0; turn -= 1) {
    at += draw.pick([0, 0, 1, 60, 1_440]) * MINUTE;
    flow.events.push(told(draw, cast, flow, player, draw.pick(TURNS), at, `${name}-${turn}`));
  }
  if (draw.chance(0.3)) {
    const back = cast.create('return', flow.terms, player.cents);
    const qualifier = draw.pick(['returns', 'charges-back', 'refunds', 'reverses']);
    flow.ties.push({ from: player, to: back, qualifier, cents: player.cents });
    flow.events.push(eventAt(draw, cast, flow, { id: `${name}-back`, type: 'return.booked', at, player: back }));
  }
}

/**
 *     payment ──batches──► block ──gathers──► file      the bank takes it, or says no to block or file; what was refused may go
 *                                                       out in another one, and the answers come in any order
 */
export function sendInBatches(draw: Draw, cast: Cast, flow: Flow, name: string): void {
  const payments = flow.players.filter(({ type }) => type === 'payment' || type === 'refund');
  if (payments.length === 0) return;
  let at = timeOf(draw, flow, draw.pick(payments));
  for (let round = draw.between(1, 2); round > 0; round -= 1) {
    const [block, file] = [0, 1].map(() => cast.enter('payment-batch', flow.terms, draw.between(100, 500_000)));
    const going = payments.filter(() => draw.chance(0.8));
    for (const from of going) flow.ties.push({ from, to: block!, qualifier: 'batches', cents: from.cents });
    if (file !== block && draw.chance(0.6))
      flow.ties.push({ from: block!, to: file!, qualifier: 'gathers', cents: block!.cents });
    for (const [index, batch] of [block!, file!].entries()) {
      const answers = draw.shuffled(['composed', 'sent', draw.pick(['accepted', 'rejected', 'rejected', 'cancelled'])]);
      for (const answer of answers.filter(() => draw.chance(0.7))) {
        at += draw.pick([0, 0, 5, 120]) * MINUTE;
        flow.events.push(told(draw, cast, flow, batch, answer, at, `${name}-${round}-${index}-${answer}`));
      }
    }
  }
}

function told(
  draw: Draw,
  cast: Cast,
  flow: Flow,
  player: Player,
  participle: string,
  at: number,
  id: string,
): HistoryEvent {
  const event = eventAt(draw, cast, flow, { id, type: `${player.type}.${participle}`, at, player });
  if (!REFUSALS.has(participle) || draw.chance(0.25)) return event;
  const problem: FinanceEventProblem = {
    code: 'cash-and-payment.rejected-by-bank',
    discriminators: { reason: draw.pick(['AC04', 'AM04']) },
    message: `refused ${id}`,
  };
  return { ...event, data: { ...event.data, outcome: 'failure', problem }, run: runNamed(id) };
}

function timeOf(draw: Draw, flow: Flow, player: Player): number {
  const step = draw.oneOf(flow.steps.filter((one) => one.player === player));
  return (step?.event.at ?? Date.UTC(2026, 2, 30)) + draw.pick([-60, 0, 0, 30, 600]) * MINUTE;
}
