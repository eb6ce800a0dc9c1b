import assert from 'node:assert/strict';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

story('Only who may, sees and acts', async ({ step, newPage, consoleUrl, estate }) => {
  const api = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
  const order = await estate.placeOrder({ legalEntity: 'US01', fault: 'missing-mapping' });
  const exception = await eventually(
    'the exception is open',
    async () => (await api.exceptionsOf(order.orderNumber))[0],
  );

  await step('Nobody who is not signed in sees anything', async () => {
    const stranger = new Console(await newPage(), consoleUrl);
    await stranger.open(`/exceptions/${exception.id}`);
    await stranger.page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    assert.equal(await stranger.page.getByText(order.orderNumber).count(), 0);
    const response = await fetch(`${consoleUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ exceptions(first: 1) { totalCount } }' }),
    });
    const { errors } = await response.json();
    assert.equal(errors[0].extensions.code, 'UNAUTHENTICATED');
  });

  await step('A wrong password is refused without saying which part was wrong', async () => {
    const stranger = new Console(await newPage(), consoleUrl);
    await stranger.open();
    await stranger.signIn('analyst@demo.example', 'not-the-password');
    const alert = await stranger.page.getByRole('alert').innerText();
    await stranger.signIn('nobody@demo.example', 'not-the-password');
    await eventually(
      'the same is said of an unknown person',
      async () => (await stranger.page.getByRole('alert').innerText()) === alert,
    );
    assert.equal(await stranger.screens.count(), 0);
  });

  await step('The right password leads to the page that was asked for', async () => {
    const analyst = await new Console(await newPage(), consoleUrl).arriveAs('analyst', `/exceptions/${exception.id}`);
    await analyst.exception.getByText(order.orderNumber).first().waitFor();
    await analyst.exception.getByRole('button', { name: 'Send again' }).waitFor();
  });

  await step('The session lives in a cookie that scripts cannot read', async () => {
    const analyst = await new Console(await newPage(), consoleUrl).arriveAs('analyst');
    const cookies = await analyst.page.context().cookies();
    assert.ok(cookies.length > 0);
    assert.ok(cookies.every((cookie) => cookie.httpOnly && cookie.sameSite !== 'None'));
    assert.equal(await analyst.page.evaluate(() => document.cookie), '');
  });

  await step('An auditor reads the exception, but may neither send it again nor see the payload', async () => {
    const auditor = await new Console(await newPage(), consoleUrl).arriveAs('auditor', `/exceptions/${exception.id}`);
    await auditor.exception.getByText(order.orderNumber).first().waitFor();
    assert.equal(await auditor.exception.getByRole('button', { name: 'Send again' }).count(), 0);
    await auditor.exception.getByText('Payloads are not part of your role').waitFor();
    const asAuditor = await new ApiClient(consoleUrl).signIn('auditor@demo.example');
    await assert.rejects(asAuditor.requestRequeue([exception.id], 'I may not'), /FORBIDDEN/);
    assert.equal((await api.exceptionsOf(order.orderNumber))[0].attempts.length, 0);
  });

  await step('Who signs out is out, also with the old address', async () => {
    const analyst = await new Console(await newPage(), consoleUrl).arriveAs('analyst', '/exceptions');
    await analyst.page.getByRole('button', { name: /account menu/ }).click();
    await analyst.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await analyst.page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await analyst.open('/exceptions');
    await analyst.page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
  });
});
