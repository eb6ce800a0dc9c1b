import { describe, expect, it } from '@jest/globals';
import { ByteBudget } from './byte-budget.js';
import { Refusal } from './refusal.js';

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the byte budget', () => {
  it('is shared by all requests and given back when one is answered', () => {
    const budget = new ByteBudget(100);
    const first = budget.open();
    const second = budget.open();
    first.take(60);
    expect(() => second.take(41)).toThrow(Refusal);
    second.take(40);
    first.close();
    first.close();
    expect(budget.inFlight).toBe(40);
    second.take(60);
    second.close();
    expect(budget.inFlight).toBe(0);
  });

  it('charges what a byte becomes, and tells the bytes', async () => {
    const budget = new ByteBudget(100);
    const account = budget.open(4);
    await account.admit(10);
    expect([budget.inFlight, account.bytes]).toEqual([40, 10]);
  });

  it('takes what was reserved without paying twice', async () => {
    const budget = new ByteBudget(100);
    const account = budget.open(2);
    await account.reserve(30);
    await account.admit(20);
    account.take(15);
    expect([budget.inFlight, account.bytes]).toEqual([70, 35]);
  });

  it('a request beyond it waits until it is alone; meanwhile new ones are sent away and running ones end', async () => {
    const budget = new ByteBudget(100);
    const running = budget.open();
    running.take(50);
    const large = budget.open();
    let isIn = false;
    const admitted = large.admit(500).then(() => (isIn = true));
    await nextTurn();
    const fresh = budget.open();
    await expect(fresh.admit(1)).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 1 });
    running.take(50);
    await nextTurn();
    expect(isIn).toBe(false);
    running.close();
    await admitted;
    await large.admit(1_000);
    await expect(fresh.admit(1)).rejects.toThrow(Refusal);
    large.close();
    await fresh.admit(100);
    expect(budget.inFlight).toBe(100);
  });

  it('a second one beyond it is sent away: two that wait for each other would wait for ever', async () => {
    const budget = new ByteBudget(100);
    const [one, other] = [budget.open(), budget.open()];
    one.take(50);
    other.take(50);
    const first = one.admit(60);
    await expect(other.admit(60)).rejects.toThrow(Refusal);
    other.close();
    await first;
    expect(budget.inFlight).toBe(110);
  });

  it('it does not wait for ever, and gives its place back', async () => {
    const budget = new ByteBudget(100, 20);
    const running = budget.open();
    running.take(10);
    await expect(budget.open().admit(500)).rejects.toMatchObject({ kind: 'unavailable' });
    const fresh = budget.open();
    await fresh.admit(90);
    expect(budget.inFlight).toBe(100);
  });
});
