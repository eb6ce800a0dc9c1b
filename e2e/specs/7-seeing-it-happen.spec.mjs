import assert from 'node:assert/strict';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

story('What happens announces itself and moves nothing', async ({ step, newPage, consoleUrl, estate }) => {
  const api = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
  let throughline;
  let before;
  let order;
  const keys = async () =>
    throughline.page.getByRole('grid', { name: 'Exceptions' }).locator('tbody tr').allInnerTexts();

  await step('An analyst has the inbox open and sees that it is live', async () => {
    await estate.placeOrder({ legalEntity: 'DE01', fault: 'missing-mapping', amount: '10.00' });
    throughline = await new Console(await newPage(), consoleUrl).arriveAs('analyst', '/exceptions');
    await throughline.page.getByRole('grid', { name: 'Exceptions' }).waitFor();
    await throughline.page.getByText('Live', { exact: true }).waitFor();
    // what came in while the page was opening has been shown or announced
    await throughline.page.waitForTimeout(1_500);
    const news = throughline.page.getByRole('button', { name: /new, show$/ });
    if ((await news.count()) > 0) await news.click();
    before = await keys();
  });

  await step('A large order fails: it is announced, and no row moves', async () => {
    order = await estate.placeOrder({ legalEntity: 'BR01', fault: 'missing-mapping', amount: '97000000.00' });
    await throughline.page.getByRole('button', { name: '1 new, show' }).waitFor();
    const documents = (rows) => rows.map((row) => row.trim().split(/\s/)[0]);
    assert.deepEqual(documents(await keys()), documents(before));
  });

  await step('It is shown when she asks for it', async () => {
    await throughline.page.getByRole('button', { name: '1 new, show' }).click();
    await eventually('it is in the list', async () => (await keys()).some((row) => row.includes(order.orderNumber)));
  });

  await step('A transaction that is open moves from milestone to milestone', async () => {
    const running = await estate.placeOrder({ legalEntity: 'SG01', pace: 'normal' });
    const page = throughline.page;
    const transaction = await eventually(
      'it is known',
      async () => (await api.transactionsOf(running.contractNumber))[0],
    );
    await throughline.open(`/transactions/${transaction.id}`);
    await page.getByText(running.contractNumber).first().waitFor();
    assert.equal(await page.getByText('Completed', { exact: true }).count(), 0);
    const mark = await page.evaluate(() => (window.markOfThisPage = String(Math.random())));
    await page.getByText('Completed', { exact: true }).first().waitFor({ timeout: 90_000 });
    assert.equal(await page.evaluate(() => window.markOfThisPage), mark, 'the page was not loaded again');
  });
});
