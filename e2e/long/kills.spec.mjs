import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { story } from '../browser/story.mjs';
import { Console } from '../browser/console.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';
import { rowsOf } from '../stack/sql.mjs';
import { kill, pidOf } from '../stack/victims.mjs';

const RECOVERS_WITHIN_MS = 90_000;
/** Longer than the launcher takes for a process that keeps dying. */
const LIVES_AT_LEAST_MS = 16_000;
const VICTIMS = ['collector', 'api', 'worker', 'database'];

/** Asks an API that may be on its way down or up. */
const patiently = (what, ask) => eventually(what, ask, RECOVERS_WITHIN_MS);

async function killed(stack, victim) {
  const before = await kill(stack, victim);
  await patiently(`the ${victim} runs again`, async () => {
    const now = await pidOf(stack, victim);
    return now !== null && now !== before;
  });
}

for (const victim of VICTIMS) {
  story(
    `The ${victim} is killed in the middle of the story, and it still ends verified`,
    async ({ step, newPage, ...stack }) => {
      const { estate, consoleUrl } = stack;
      const client = new ApiClient(consoleUrl);
      const asAnalyst = async (ask) => {
        try {
          return await ask(client);
        } catch {
          await client.signIn('analyst@demo.example');
          return ask(client);
        }
      };
      const exceptionOf = (key) => asAnalyst(async (api) => (await api.exceptionsOf(key))[0]);
      const sent = async (id, reason) =>
        patiently(`it is sent again: ${reason}`, async () => {
          const answer = await asAnalyst((api) => api.requestRequeue([id], reason));
          return answer.__typename === 'RequeueAccepted' || answer.code === 'ALREADY_REQUEUED';
        });
      let order;
      let exception;
      let throughline;

      await step('while the order fails for the first time', async () => {
        // so little that one person may send it again
        order = await estate.placeOrder({ legalEntity: 'DE01', fault: 'missing-mapping', amount: '1200.00' });
        await sleep(350);
        await killed(stack, victim);
        exception = await patiently('its exception is open', () => exceptionOf(order.orderNumber));
        throughline = await patiently('an analyst is on its page', async () => {
          const opened = new Console(await newPage(), consoleUrl);
          return opened.arriveAs('analyst', `/exceptions/${exception.id}`);
        });
      });

      await step('while it is sent again in vain', async () => {
        await sleep(LIVES_AT_LEAST_MS);
        await sent(exception.id, 'in vain');
        await killed(stack, victim);
        await patiently('attempt 1 has failed', async () => {
          const { attempts, state } = await exceptionOf(order.orderNumber);
          return state === 'OPEN' && attempts.length === 1 && attempts[0].state === 'FAILED';
        });
      });

      await step('while it is sent again with success', async () => {
        await sleep(LIVES_AT_LEAST_MS);
        await estate.addMapping(order.sellingUnit, 'DE01');
        await sent(exception.id, 'mapping added');
        await sleep(500);
        await killed(stack, victim);
        await patiently('it is resolved, verified', async () => {
          const { state, resolution } = await exceptionOf(order.orderNumber);
          return state === 'RESOLVED' && resolution === 'VERIFIED_REQUEUE';
        });
        await patiently('the order is complete', async () => {
          const [transaction] = await asAnalyst((api) => api.transactionsOf(order.contractNumber));
          return transaction?.state === 'COMPLETED';
        });
      });

      await step('the page that was open all the time says so without being loaded again', async () => {
        await throughline.exception.getByText('Resolved, verified').first().waitFor({ timeout: RECOVERS_WITHIN_MS });
      });

      await step('nothing is lost and nothing is there twice', async () => {
        const exceptions = await asAnalyst((api) => api.exceptionsOf(order.orderNumber));
        assert.equal(exceptions.length, 1);
        assert.equal(exceptions[0].id, exception.id);
        assert.equal(exceptions[0].occurrences, 2);
        assert.deepEqual(exceptions[0].attempts.map(({ attempt, state }) => `${String(attempt)} ${state}`).sort(), [
          '1 FAILED',
          '2 VERIFIED',
        ]);
        const transactions = await asAnalyst((api) => api.transactionsOf(order.contractNumber));
        assert.equal(transactions.length, 1);
        const types = transactions[0].objects
          .map((object) => object.type)
          .filter((type) => type !== 'customer')
          .sort();
        assert.deepEqual(types, ['bank-entry', 'cash-position', 'contract', 'invoice', 'payment', 'sales-order']);
        // what the integration was asked to do it did once, however often it was asked
        const { requeues } = await estate.state();
        const taken = requeues.filter((request) => request.subject === order.orderNumber && request.status === 202);
        assert.equal(taken.length, 2);
      });
    },
  );
}

story(
  'Everything is killed in turn under traffic: all orders arrive, each once',
  async ({ step, newPage: _newPage, ...stack }) => {
    const { estate, consoleUrl } = stack;
    const chat = async () => (await estate.chatMessages()).messages;
    let orders;
    let api;

    await step('sixty orders a minute come in while one process after the other is killed', async () => {
      await estate.trafficOf(60);
      for (const victim of [...VICTIMS, 'simulator', ...VICTIMS]) {
        await sleep(8_000);
        await killed(stack, victim);
        if (victim === 'simulator') await patiently('the estate takes orders again', () => estate.trafficOf(60));
      }
      await sleep(5_000);
      await estate.trafficOf(0);
    });

    await step('the estate has told everything', async () => {
      await patiently('no order is under way', async () => {
        orders = await estate.orders();
        return !(await estate.isBehind()) && (await isQuiet(estate));
      });
      assert.ok(orders.length > 60, `only ${String(orders.length)} orders`);
    });

    await step('every order is one transaction in the state that the estate knows', async () => {
      api = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
      await patiently('what was received is worked off', async () => {
        const [{ waiting }] = await rowsOf(
          stack,
          'select (select count(*) from intake_batch) + (select count(*) from fresh_facts) + (select count(*) from dirty_alias) as waiting',
        );
        return Number(waiting) === 0;
      });
      const wrong = await patiently('all transactions are as the estate knows them', async () => {
        const transactions = await api.all('transactions', { nodes: 'id state anchor { key } objects { type key }' });
        const differences = differencesOf(orders, transactions);
        return differences.length === 0 ? [] : undefined;
      }).catch(async () =>
        differencesOf(orders, await api.all('transactions', { nodes: 'id state anchor { key } objects { type key }' })),
      );
      assert.deepEqual(wrong, []);
    });

    await step('every failed order has one exception, and no other has any of this kind', async () => {
      const exceptions = await api.all('exceptions', {
        filter: ', filter: { taxonomies: ["mapping-and-master-data.missing-legal-entity-mapping"] }',
        nodes: 'state businessObject { key }',
      });
      const keys = exceptions.map((exception) => exception.businessObject.key);
      assert.equal(new Set(keys).size, keys.length, 'an exception is there twice');
      const open = exceptions
        .filter((exception) => exception.state === 'OPEN')
        .map((exception) => exception.businessObject.key);
      assert.deepEqual(
        open.sort(),
        orders
          .filter((order) => order.phase === 'blocked')
          .map((order) => order.orderNumber)
          .sort(),
      );
    });

    await step('no signal was stored twice', async () => {
      const [{ rows, keys }] = await rowsOf(
        stack,
        'select count(*) as rows, count(distinct scoped_key) as keys from signal',
      );
      assert.equal(rows, keys);
    });

    await step('the chat was told once of each group', async () => {
      const groups = await rowsOf(
        stack,
        'select count(*) as told, count(distinct (policy_id, group_id)) as groups from notification',
      );
      assert.equal(groups[0].told, groups[0].groups);
      const links = (await chat()).map(
        (message) => /exceptions\/[0-9a-f-]{36}/.exec(JSON.stringify(message.body))?.[0],
      );
      assert.equal(new Set(links).size, links.length, 'a message came twice');
    });
  },
);

/** True once the steps of the live orders are played; what lies hours or days ahead may stay. */
async function isQuiet(estate) {
  const before = (await estate.state()).steps.pending;
  await sleep(15_000);
  const { steps } = await estate.state();
  return steps.pending === before && steps.due + steps.underWay === 0;
}

function differencesOf(orders, transactions) {
  const byContract = new Map();
  for (const transaction of transactions) {
    byContract.set(transaction.anchor.key, [...(byContract.get(transaction.anchor.key) ?? []), transaction]);
  }
  return orders.flatMap((order) => {
    const found = byContract.get(order.contractNumber) ?? [];
    if (found.length !== 1) return [`${order.contractNumber} is ${String(found.length)} transactions`];
    const expected =
      order.phase === 'blocked'
        ? ['BLOCKED']
        : order.phase === 'done' && order.application === 'on-time'
          ? ['COMPLETED']
          : null;
    if (expected !== null && !expected.includes(found[0].state))
      return [`${order.contractNumber} is ${found[0].state}, not ${expected.join(' or ')}`];
    const types = found[0].objects.map((object) => `${object.type} ${object.key}`);
    return new Set(types).size === types.length ? [] : [`${order.contractNumber} has an object twice`];
  });
}
