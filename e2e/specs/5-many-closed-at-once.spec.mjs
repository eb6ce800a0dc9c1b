import assert from 'node:assert/strict';
import { lookAt, settled, watchedConsole } from '../browser/look.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

const CLOSE = `mutation ($ids: [SeenException!]!) {
  submitBulkAct(selection: { exceptions: $ids }, acceptChanged: true,
      act: { kind: ACCEPT, acceptReason: "immaterial", reason: "Agreed with sales" }) {
    __typename ... on BulkActAccepted { bulkAct { id } } ... on BulkActFailure { message } } }`;

story(
  'Many are closed without correction at once: a controller decides on all of them as one',
  async ({ step, newPage, consoleUrl, estate }) => {
    const api = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
    const problems = [];
    const orders = [];
    let throughline;

    const statesNow = async () => {
      const found = await Promise.all(orders.map(({ orderNumber }) => api.exceptionsOf(orderNumber)));
      return found.map(([exception]) => exception?.state);
    };

    await step('Anna asks to close two orders that are above what one person may close', async () => {
      for (const amount of ['1500.00', '2500.00']) {
        orders.push(await estate.placeOrder({ legalEntity: 'DE01', fault: 'missing-mapping', amount }));
      }
      await eventually('both have failed', async () => (await statesNow()).every((state) => state === 'OPEN'));
      const ids = [];
      for (const { orderNumber } of orders) {
        const [{ id }] = await api.exceptionsOf(orderNumber);
        const { exception } = await api.query('query ($id: ID!) { exception(id: $id) { version } }', { id });
        ids.push({ id, version: exception.version });
      }
      const { submitBulkAct } = await api.query(CLOSE, { ids });
      assert.equal(submitBulkAct.__typename, 'BulkActAccepted', submitBulkAct.message);
      await eventually('both wait', async () => (await statesNow()).every((state) => state === 'PENDING_APPROVAL'));
    });

    await step('The controller finds them as one, with their money, until when and who asked', async () => {
      throughline = await (
        await watchedConsole({ newPage, consoleUrl, problems })
      ).arriveAs('controller', '/approvals');
      const row = throughline.page.getByRole('grid', { name: 'Requests' }).getByRole('row');
      const many = row.filter({ hasText: '2 exceptions: Too small to pursue' });
      await many.waitFor();
      assert.match(await many.innerText(), /Anna Lindqvist/);
      await throughline.page.keyboard.press('j');
      await throughline.page.keyboard.press('Enter');
      await throughline.exception.getByText('Agreed with sales').waitFor();
      for (const { orderNumber } of orders) await throughline.exception.getByText(orderNumber).first().waitFor();
      assert.equal(await throughline.fact('Reason'), 'Too small to pursue');
      assert.match(await throughline.fact('Asked for by'), /^Anna Lindqvist/);
      await settled(throughline.page);
      await lookAt(throughline.page, 'approval-of-many');
    });

    await step('She approves exactly that by keyboard, and both are closed', async () => {
      const { page } = throughline;
      await page.keyboard.press('y');
      await page.getByRole('dialog', { name: 'Approve closing without correction' }).waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await eventually('both are closed', async () => (await statesNow()).every((state) => state === 'ACCEPTED'));
      await throughline.exception.getByText('Nothing of it waits any more').waitFor();
    });

    await step('What was decided stands as one, with what became of each', async () => {
      await throughline.page.getByRole('link', { name: 'Decided on closing' }).click();
      const row = throughline.page.getByRole('grid', { name: 'Requests' }).getByRole('row');
      await row.filter({ hasText: 'Approve closing without correction: 2 exceptions' }).click();
      await throughline.exception.getByText('2 of 2 looked at: 2 done.').waitFor();
      await settled(throughline.page);
      await lookAt(throughline.page, 'decision-on-many');
      assert.deepEqual(problems, []);
    });
  },
);
