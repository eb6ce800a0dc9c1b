import assert from 'node:assert/strict';
import { story } from '../browser/story.mjs';
import { Console } from '../browser/console.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

const textOf = (message) => JSON.stringify(message.body);

story(
  'The chat is told once of each group of exceptions',
  async ({ step, newPage, consoleUrl, simulatorUrl, estate }) => {
    const api = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
    // a name of its own each time, so that its group is new also on a stack that ran before
    const unit = `DE01-WISMAR-${String(Date.now() % 1_000_000)}`;
    const about = async () =>
      (await estate.chatMessages()).messages.filter((message) => textOf(message).includes(unit));
    let first;

    await step(
      'The chat is busy when the first order of a new unit fails; the message comes all the same, once',
      async () => {
        const before = (await estate.chatMessages()).refused;
        await estate.chatFails(2, 429);
        first = await estate.placeOrder({ legalEntity: 'DE01', sellingUnit: unit, amount: '7310.25' });
        await eventually('the message has arrived', async () => (await about()).length > 0, 60_000);
        assert.equal((await estate.chatMessages()).refused, before + 2);
        assert.equal((await about()).length, 1);
      },
    );

    await step('It says what, how much money, by when, and where to look', async () => {
      const [message] = await about();
      const text = textOf(message);
      assert.match(text, /No company code for/i);
      assert.match(text, /EUR 7[,.]?310\.25/);
      const [exception] = await api.exceptionsOf(first.orderNumber);
      assert.ok(text.includes(`/exceptions/${exception.id}`), text);
      assert.doesNotMatch(text, /DE\d{2}99990000/);
    });

    await step('A second order of the same unit joins the group and tells nobody again', async () => {
      const second = await estate.placeOrder({ legalEntity: 'DE01', sellingUnit: unit });
      await eventually('both are in one group', async () => {
        const [exception] = await api.exceptionsOf(second.orderNumber);
        return exception?.group.memberCount === 2;
      });
      // long enough for a second message to have been made and sent
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      assert.equal((await about()).length, 1);
    });

    await step('The chat page shows it, and its link leads to the exception', async () => {
      const chat = await newPage();
      await chat.goto(`${simulatorUrl}/chat`);
      const message = chat.getByRole('article').filter({ hasText: unit });
      assert.equal(await message.count(), 1);
      const link = await message.getByRole('link').first().getAttribute('href');
      const analyst = await new Console(await newPage(), consoleUrl).arriveAs('analyst', new URL(link).pathname);
      await analyst.exception.getByText(first.orderNumber).first().waitFor();
    });

    await step('The alerts page shows what was said and after how many tries', async () => {
      const analyst = await new Console(await newPage(), consoleUrl).arriveAs('analyst');
      await analyst.goTo('Alerts');
      const row = analyst.page
        .getByRole('grid', { name: 'Notifications' })
        .getByRole('row')
        .filter({ hasText: first.orderNumber });
      await row.first().waitFor();
      assert.match(await row.first().innerText(), /Delivered/);
    });
  },
);
