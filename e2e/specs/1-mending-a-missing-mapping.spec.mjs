import assert from 'node:assert/strict';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

story(
  'An order without a legal-entity mapping is mended and proven',
  async ({ step, newPage, consoleUrl, simulatorUrl, estate }) => {
    const page = await newPage();
    const throughline = new Console(page, consoleUrl);
    const api = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
    let order;
    let exceptionId;
    let markOfThisPage;

    await step('Sales approves a contract for a selling unit that the ERP does not know', async () => {
      order = await estate.placeOrder({ legalEntity: 'DE01', fault: 'missing-mapping', amount: '48200.00' });
    });

    await step('An analyst signs in and finds it in the inbox: who, how much, since when, what is wrong', async () => {
      await throughline.arriveAs('analyst');
      await throughline.goTo('Exceptions');
      const row = await throughline.exceptionRow(order.orderNumber);
      assert.equal(await row.count(), 1);
      const cells = await throughline.cellsOf(row);
      assert.equal(cells['Document'], order.orderNumber);
      assert.equal(cells['Customer'], order.customer);
      assert.equal(cells['Entity'], 'DE01');
      assert.match(cells['Amount'], /EUR\s48,200\.00/);
      assert.match(cells['Age'], /^(just now|now|\d+\s?s|\d+\s?min|< ?1 min)/);
      assert.ok(cells['What is wrong'].includes(`No company code for ${order.sellingUnit}`), cells['What is wrong']);
      assert.match(cells['State'], /Open/);
    });

    await step('It opens beside the list and on a page of its own', async () => {
      const row = await throughline.exceptionRow(order.orderNumber);
      await row.getByText(order.orderNumber).click();
      await throughline.exception.waitFor();
      await throughline.exception.getByRole('button', { name: 'Open on a page of its own' }).click();
      await page.waitForURL(/\/exceptions\/[0-9a-f-]{36}$/);
      exceptionId = page.url().split('/').at(-1);
      markOfThisPage = await page.evaluate(() => (window.markOfThisPage = String(Math.random())));
      assert.match(await throughline.answer.innerText(), new RegExp(`EUR 48,200\\.00.*${order.orderNumber}`));
      assert.equal(await throughline.fact('Customer'), order.customer);
      assert.equal(await throughline.fact('Failed'), 'once');
    });

    await step('It says in words what is wrong', async () => {
      const text = await throughline.panel('What is wrong').innerText();
      assert.ok(text.includes(`Selling unit ${order.sellingUnit} is not mapped to a company code`), text);
    });

    await step('It shows the lineage: the contract upstream, and what waits downstream', async () => {
      const lineage = throughline.panel('Lineage');
      await lineage.getByText(order.contractNumber).waitFor();
      const waiting = await lineage.getByText('waits downstream').locator('xpath=../..').innerText();
      assert.match(waiting, /invoice/i);
      assert.match(waiting, /payment/i);
    });

    await step('It shows the milestones with their times', async () => {
      const milestones = await throughline.panel('Milestones').innerText();
      assert.match(milestones, /contract approved/i);
      assert.match(milestones, /Reached/);
      assert.match(milestones, /Blocked/);
    });

    await step('It shows the waterfall of the failed run with the step that failed', async () => {
      const waterfall = throughline.panel('The failed run').getByRole('treegrid');
      await waterfall.getByRole('row').filter({ hasText: 'sync order' }).waitFor();
      const lookup = waterfall.getByRole('row').filter({ hasText: 'lookup legal-entity mapping' });
      assert.match(await lookup.innerText(), /failed/);
    });

    await step('It shows the payload with the failing field marked and the bank account masked', async () => {
      const payload = throughline.panel('Payload');
      await payload.waitFor();
      const text = await payload.innerText();
      assert.ok(text.includes(order.orderNumber), text);
      assert.match(text, /sellingUnit.*failing field/s);
      assert.match(text, /DE••••\d{4}/);
      assert.doesNotMatch(text, /DE\d{2}\s?99990000/);
    });

    await step(
      'She sends it again although nobody mended the mapping: attempt 1 fails, same exception, two occurrences',
      async () => {
        await throughline.sendAgain('Trying again');
        await page.getByText('Sent again: attempt 1').waitFor();
        await eventually('attempt 1 has failed', async () =>
          /Failed/.test(await throughline.panel('Sent again: attempt 1').innerText()),
        );
        await eventually('the exception failed twice', async () => (await throughline.fact('Failed')) === '2 times');
        assert.match(await throughline.exception.innerText(), /Open/);
        const exceptions = await api.exceptionsOf(order.orderNumber);
        assert.equal(exceptions.length, 1);
        assert.equal(exceptions[0].id, exceptionId);
        assert.equal(exceptions[0].occurrences, 2);
        assert.deepEqual(
          exceptions[0].attempts.map(({ attempt, state }) => ({ attempt, state })),
          [{ attempt: 1, state: 'FAILED' }],
        );
      },
    );

    await step("Master data adds the mapping on the ERP's page", async () => {
      const erp = await newPage();
      await erp.goto(`${simulatorUrl}/erp`);
      const requests = erp.getByRole('region', { name: 'Requests to send again' });
      const request = requests.getByRole('row').filter({ hasText: order.orderNumber });
      assert.match(await request.first().innerText(), /failed again/);
      assert.match(await request.first().innerText(), /webhook-signature: v1,/);
      await erp.getByRole('combobox', { name: 'Selling unit' }).fill(order.sellingUnit);
      await erp.getByRole('combobox', { name: 'Company code' }).selectOption('DE01');
      await erp.getByRole('button', { name: 'Add mapping' }).click();
      await erp.getByText(`${order.sellingUnit} is mapped now`).waitFor();
      await erp.context().close();
    });

    await step('She sends it again: it becomes resolved, verified, on the open page', async () => {
      await throughline.sendAgain(`Mapping for ${order.sellingUnit} was added`);
      await throughline.exception.getByText('Resolved, verified').first().waitFor({ timeout: 30_000 });
      await eventually('attempt 2 is verified', async () =>
        /Verified/.test(await throughline.panel('Sent again: attempt 2').innerText()),
      );
      assert.equal(await page.evaluate(() => window.markOfThisPage), markOfThisPage, 'the page was not loaded again');
      assert.match(await throughline.answer.innerText(), /sent again and its outcome was verified/);
    });

    await step('The order went on to the applied payment, and nothing is there twice', async () => {
      const transaction = await eventually('the transaction is complete', async () => {
        const [found] = await api.transactionsOf(order.contractNumber);
        return found?.state === 'COMPLETED' ? found : null;
      });
      assert.deepEqual(
        transaction.milestones.map((milestone) => [milestone.name, milestone.reachedAt !== null]).sort(),
        [
          ['cash-position-updated', true],
          ['contract-approved', true],
          ['invoice-posted', true],
          ['order-accepted', true],
          ['payment-applied', true],
          ['payment-received', true],
        ],
      );
      const types = transaction.objects.map((object) => object.type).sort();
      assert.deepEqual(
        types.filter((type) => type !== 'customer'),
        ['bank-entry', 'cash-position', 'contract', 'invoice', 'payment', 'sales-order'],
      );
      const [exception] = await api.exceptionsOf(order.orderNumber);
      assert.deepEqual(
        [exception.state, exception.resolution, exception.occurrences],
        ['RESOLVED', 'VERIFIED_REQUEUE', 2],
      );
      assert.deepEqual(exception.attempts.map(({ attempt, state }) => `${String(attempt)} ${state}`).sort(), [
        '1 FAILED',
        '2 VERIFIED',
      ]);
    });

    await step('The auditor finds every act on the evidence page', async () => {
      const auditor = await new Console(await newPage(), consoleUrl).arriveAs('auditor');
      await auditor.goTo('Evidence');
      await auditor.open(`/evidence?subject=${exceptionId}`);
      const records = auditor.page.getByRole('grid', { name: 'Evidence' });
      await records.waitFor();
      const rows = (await records.getByRole('row').allInnerTexts()).slice(1).reverse();
      const acts = rows.map((row) => row.split('\t').slice(1, 3).join(': ').toLowerCase());
      assert.deepEqual(
        acts.filter((act) => /opened|asked|failed|verified/.test(act)),
        [
          'throughline system: opened an exception',
          'anna lindqvist: asked to send an exception again',
          'throughline system: sent again and failed again',
          'anna lindqvist: asked to send an exception again',
          'throughline system: verified the outcome of sending it again',
        ],
      );
      await eventually('all of it is sealed', async () => !/not sealed/i.test(await records.innerText()));
    });
  },
);
