import assert from 'node:assert/strict';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

story(
  'A payment that is not applied in time becomes a breach and an exception',
  async ({ step, newPage, consoleUrl, simulatorUrl, estate }) => {
    const api = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
    let forgotten;
    let late;
    let exception;

    await step('A bank credit is reported, and nobody applies the payment within four business hours', async () => {
      forgotten = await estate.placeOrder({ legalEntity: 'SG01', fault: 'unapplied', amount: '15000.00' });
      late = await estate.placeOrder({ legalEntity: 'BR01', fault: 'late-application' });
      exception = await eventually(
        'an exception opens while nothing else happens',
        async () => {
          const [found] = await api.exceptionsOf(forgotten.paymentReference);
          return found;
        },
        60_000,
      );
      assert.equal(exception.taxonomy, 'timing-and-sequence.overdue-milestone');
      assert.equal(exception.state, 'OPEN');
      assert.deepEqual(exception.moneyAtRisk, { amount: '15000.00', currency: 'SGD' });
    });

    await step('The transaction is late', async () => {
      const [transaction] = await api.transactionsOf(forgotten.contractNumber);
      assert.equal(transaction.state, 'LATE');
      const applied = transaction.milestones.find((milestone) => milestone.name === 'payment-applied');
      assert.equal(applied.state, 'OVERDUE');
      assert.ok(Date.parse(applied.dueAt) < Date.now());
    });

    await step('The SLA page lists both breaches, the one that was applied after all with its time', async () => {
      await eventually('the late one was applied', async () => {
        const [transaction] = await api.transactionsOf(late.contractNumber);
        return (
          transaction?.milestones.find((milestone) => milestone.name === 'payment-applied')?.state === 'REACHED_LATE'
        );
      });
      const controller = await new Console(await newPage(), consoleUrl).arriveAs('controller');
      await controller.goTo('SLA');
      const row = (reference) => controller.page.getByRole('row').filter({ hasText: reference });
      await row(forgotten.paymentReference).first().waitFor();
      await row(late.paymentReference).first().waitFor();
      assert.match(await row(forgotten.paymentReference).first().innerText(), /SG01/);
      assert.match(await row(late.paymentReference).first().innerText(), /BR01/);
    });

    await step('Its chart has a table with the same figures', async () => {
      const controller = await new Console(await newPage(), consoleUrl).arriveAs('controller', '/sla');
      await controller.page
        .getByRole('button', { name: /table/i })
        .or(controller.page.getByText(/as a table/i))
        .first()
        .click();
      await controller.page
        .getByRole('table')
        .or(controller.page.getByRole('grid'))
        .filter({ hasText: 'SG01' })
        .first()
        .waitFor();
    });

    await step('Receivables applies the forgotten one in the ERP: its exception is gone by itself', async () => {
      const erp = await newPage();
      await erp.goto(`${simulatorUrl}/erp`);
      await erp.getByRole('button', { name: `Apply ${forgotten.paymentReference}` }).click();
      await erp.getByText(`${forgotten.paymentReference} is applied to its invoice`).waitFor();
      await eventually('the exception is resolved', async () => {
        const [found] = await api.exceptionsOf(forgotten.paymentReference);
        return found.state === 'RESOLVED' && found.resolution === 'VANISHED';
      });
      const [transaction] = await api.transactionsOf(forgotten.contractNumber);
      assert.equal(transaction.state, 'COMPLETED');
    });
  },
);
