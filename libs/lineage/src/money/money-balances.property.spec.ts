import { describe, expect, it } from '@jest/globals';
import {
  type Money,
  addMoney,
  compareMoney,
  fromMinorUnits,
  subtractMoney,
  sumMoney,
  zeroMoney,
} from '@throughline/canonical';
import fc from 'fast-check';
import { mergeLinks, type ResolvedLink } from '../links.js';
import { at } from '../testing/activity-builder.js';
import { balanceMoney, type MoneyBalance } from './money-balances.js';
import { effectiveFlows } from './effective-flows.js';
import { flowsOf, type MoneyLink, type MoneyNode } from './money-flows.js';
import { LEADING_QUALIFIERS } from './money-vocabulary.js';

const TYPES = ['sales-order', 'invoice', 'payment', 'bank-entry', 'refund', 'invoice'] as const;
const QUALIFIERS = ['bills', 'settles', 'prepays', 'books', 'returns', 'reverses', 'discounts', 'charges', 'rounds-up'];
const CURRENCY = 'EUR';

const amount = fc.integer({ min: 0, max: 200_000 }).map((units) => fromMinorUnits(BigInt(units), CURRENCY));
const index = fc.nat({ max: TYPES.length - 1 });
const nameOf = (position: number) => `${TYPES[position]} ${position}`;

const nodes = fc
  .record({
    amounts: fc.tuple(...TYPES.map(() => amount)),
    isSettled: fc.boolean(),
    undone: fc.uniqueArray(index, { maxLength: 2 }),
  })
  .map(
    ({ amounts, isSettled, undone }) =>
      new Map<string, MoneyNode>(
        TYPES.map((type, position) => [
          nameOf(position),
          {
            objectId: nameOf(position),
            type,
            legalEntity: null,
            amount: amounts[position]!,
            direction: null,
            isSettled,
            undoneAt: undone.includes(position) ? at('09:00') : null,
          },
        ]),
      ),
  );

/** Statements of links as activities make them, some of them about one link. */
const statements = fc.array(
  fc
    .record({
      from: index,
      to: index,
      qualifier: fc.constantFrom(...QUALIFIERS),
      amount,
      minute: fc.nat({ max: 59 }),
      outcome: fc.constantFrom('success' as const, 'success' as const, 'failure' as const),
    })
    .map(({ from, to, qualifier, amount: stated, minute, outcome }): ResolvedLink => ({
      activityId: `${minute}-${from}-${to}-${qualifier}-${stated.amount}-${outcome}`,
      ordinal: 0,
      occurredAt: at(`08:${String(minute).padStart(2, '0')}`),
      fromObjectId: nameOf(from),
      toObjectId: nameOf(to),
      qualifier,
      amount: stated,
      outcome,
    })),
  { maxLength: 25 },
);

const typeOf = (objectId: string) => TYPES.find((type) => objectId.startsWith(`${type} `));

function balances(objects: ReadonlyMap<string, MoneyNode>, stated: readonly ResolvedLink[]): MoneyBalance[] {
  const links: MoneyLink[] = mergeLinks(stated, typeOf);
  return balanceMoney(objects, links);
}

function total(all: readonly MoneyBalance[], read: (balance: MoneyBalance) => Money | undefined): Money {
  return sumMoney(
    all.flatMap((balance) => read(balance) ?? []),
    CURRENCY,
  );
}

const sideOf = (balance: MoneyBalance, side: 'in' | 'out') => balance.sides.find((each) => each.side === side);

describe('money on any graph', () => {
  it('says the same whatever the order of the statements, and however often they come', () => {
    const orders = statements.chain((stated) =>
      fc.tuple(
        fc.constant(stated),
        fc.shuffledSubarray(stated, { minLength: stated.length }),
        fc.shuffledSubarray(stated),
      ),
    );
    fc.assert(
      fc.property(nodes, orders, (objects, [stated, shuffled, again]) => {
        expect(balances(objects, [...shuffled, ...again])).toEqual(balances(objects, stated));
      }),
    );
  });

  it('loses nothing on the way: what arrives is what left, with what came back', () => {
    fc.assert(
      fc.property(nodes, statements, (objects, stated) => {
        const all = balances(objects, stated);
        const arrived = total(all, (balance) => sideOf(balance, 'in')?.flows);
        const left = total(all, (balance) => sideOf(balance, 'out')?.flows);
        const flows = effectiveFlows(objects, flowsOf(objects, mergeLinks(stated, typeOf)));
        const back = flows.filter(({ role }) => role === 'returns' || role === 'reverses');
        expect(arrived).toEqual(sumMoney([left, ...back.map((flow) => flow.left ?? zeroMoney(CURRENCY))], CURRENCY));
      }),
    );
  });

  it('leaves nothing flowing into a payment that was rejected, nor open at a document that was cancelled', () => {
    fc.assert(
      fc.property(nodes, statements, (objects, stated) => {
        for (const balance of balances(objects, stated)) {
          const node = objects.get(balance.objectId);
          // What takes another one back is undone by links alone.
          const isReversal = stated.some(
            ({ toObjectId, qualifier }) => toObjectId === balance.objectId && qualifier === 'reverses',
          );
          if (node === undefined || node.undoneAt === null || isReversal) continue;
          if (node.type === 'payment' || node.type === 'refund')
            expect(sideOf(balance, 'in')?.flows.amount ?? '0.00').toBe('0.00');
          else expect(sideOf(balance, 'out')?.standing).not.toBe('open');
        }
      }),
    );
  });

  it('counts nothing that attempts to pay, give back or explain which failed alone state', () => {
    fc.assert(
      fc.property(nodes, statements, (objects, stated) => {
        const succeeded = stated.filter(
          ({ outcome, qualifier, fromObjectId, toObjectId }) =>
            outcome === 'success' ||
            LEADING_QUALIFIERS.includes(qualifier) ||
            // beside a success it says no more than when the link was first spoken of
            stated.some(
              (other) =>
                other.outcome === 'success' &&
                other.qualifier === qualifier &&
                other.fromObjectId === fromObjectId &&
                other.toObjectId === toObjectId,
            ),
        );
        expect(balances(objects, stated)).toEqual(balances(objects, succeeded));
      }),
    );
  });

  it('accounts for the whole of each amount: flows, explanations and residual', () => {
    fc.assert(
      fc.property(nodes, statements, (objects, stated) => {
        for (const balance of balances(objects, stated)) {
          const side = sideOf(balance, 'in');
          if (side === undefined || side.residual === null) continue;
          const explained = side.explained.map((each) => each.amount);
          const parts = sumMoney([side.flows, ...explained, side.residual, balance.undone], CURRENCY);
          expect(parts).toEqual(balance.amount);
        }
      }),
    );
  });

  it('never takes back more than there was', () => {
    fc.assert(
      fc.property(nodes, statements, (objects, stated) => {
        for (const { sides } of balances(objects, stated)) {
          for (const { flows } of sides) expect(compareMoney(flows, zeroMoney(CURRENCY))).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('locates a break where the amount was changed, and nowhere else', () => {
    fc.assert(
      fc.property(
        amount.filter(({ amount: text }) => text !== '0.00'),
        fc.integer({ min: 1, max: 9_999 }),
        (whole, cents) => {
          const wrong = fromMinorUnits(BigInt(cents), CURRENCY);
          const chain = ['contract c', 'sales-order o', 'invoice i', 'payment p', 'bank-entry b'];
          const objects = new Map<string, MoneyNode>(
            chain.map((objectId) => [
              objectId,
              {
                objectId,
                type: objectId.split(' ')[0]!,
                legalEntity: null,
                amount: objectId.startsWith('invoice') ? addMoney(whole, wrong) : whole,
                direction: null,
                isSettled: true,
                undoneAt: null,
              },
            ]),
          );
          const links = chain.slice(1).map((toObjectId, position): MoneyLink => ({
            fromObjectId: chain[position]!,
            toObjectId,
            qualifier: ['fulfils', 'bills', 'settles', 'books'][position]!,
            amount: whole,
            firstOccurredAt: at('08:00'),
            establishedAt: at('08:00'),
          }));
          const broken = balanceMoney(objects, links).filter(({ unexplained }) => unexplained.amount !== '0.00');
          expect(broken.map(({ objectId }) => objectId)).toEqual(['invoice i']);
          expect(subtractMoney(broken[0]!.unexplained, addMoney(wrong, wrong)).amount).toBe('0.00');
        },
      ),
    );
  });
});
