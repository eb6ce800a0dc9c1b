import assert from 'node:assert/strict';
import { lookAt, lookAtScreens, settled, watchedConsole } from '../browser/look.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

const RUNBOOK = `The selling unit of an order is in no table of company codes.

- [ ] Ask **master data** for the code
- [ ] Add it, then send again`;

story(
  'Every screen about exceptions in common, light and dark, is accessible and fits',
  async ({ check, newPage, consoleUrl, estate }) => {
    const analyst = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
    const order = await estate.placeOrder({ legalEntity: 'DE01', fault: 'missing-mapping', amount: '1200.00' });
    const exception = await eventually('the order fails', async () => {
      const { exceptions } = await analyst.query(
        `query ($text: String!) { exceptions(filter: { text: $text }) {
           edges { node { id problem { code } group { id version } } } } }`,
        { text: order.orderNumber },
      );
      return exceptions.edges[0]?.node ?? null;
    });
    const runbookId = await makeKnown(analyst, exception);

    const screens = [
      { name: 'queues', path: '/queues' },
      { name: 'exceptions-of-a-queue', path: '/exceptions?queue=master-data' },
      { name: 'exceptions-narrowed', path: '/exceptions?min=1&age=UNDER_1_HOUR&due=NONE,LATER' },
      { name: 'exceptions-left-out', path: '/exceptions?entity=XX99&priority=P1' },
      { name: 'exceptions-by-group', path: '/exceptions?by=group' },
      { name: 'exceptions-by-group-none', path: '/exceptions?by=group&mark=escalated' },
      { name: 'approvals', path: '/approvals' },
      { name: 'bulk-acts', path: '/bulk-acts' },
      { name: 'exceptions-of-a-view', path: '/exceptions?owner=none' },
      { name: 'groups', path: '/groups' },
      { name: 'groups-with-detail', path: `/groups?open=${exception.group.id}` },
      { name: 'groups-none', path: '/groups?view=snoozed' },
      { name: 'groups-not-there', path: '/groups?open=00000000-0000-4000-8000-000000000001' },
      { name: 'runbooks', path: '/runbooks' },
      { name: 'runbooks-with-detail', path: `/runbooks?open=${runbookId}` },
      { name: 'runbook-to-write', path: '/runbooks?scope=CATEGORY&key=platform' },
      { name: 'notifications', path: '/notifications' },
      { name: 'activity', path: '/activity?since=all' },
      { name: 'activity-of-nobody', path: '/activity?to=2000-01-01T00:00:00.000Z' },
      { name: 'hand-over', path: '/hand-over' },
      { name: 'absences', path: '/absences' },
      { name: 'exception-with-people', path: `/exceptions/${exception.id}`, show: 'People and tickets' },
      { name: 'validation-rules', path: '/rules' },
      { name: 'validation-rule', path: '/rules?open=billed-above-ordered' },
      { name: 'maintenance', path: '/maintenance' },
      { name: 'queue-rules', path: '/queue-rules' },
      { name: 'changeable-fields', path: '/changeable-fields' },
      { name: 'exception-with-runbook', path: `/exceptions/${exception.id}`, show: 'No company code' },
    ];
    const problems = [];
    const throughline = await (await watchedConsole({ newPage, consoleUrl, problems })).arriveAs('analyst');
    await lookAtScreens({ check, newPage, consoleUrl, problems, screens });
    await check('the screens are found by name', async () => {
      for (const name of ['Queues', 'Groups', 'Runbooks', 'Approvals']) {
        await throughline.open('/exceptions');
        await throughline.screens.waitFor();
        await throughline.page.keyboard.press('Control+k');
        await throughline.page.getByRole('combobox', { name: 'Search keys, pages and actions' }).fill(name);
        await throughline.page.getByRole('option', { name }).first().click();
        await throughline.page.getByRole('heading', { level: 1 }).waitFor();
        assert.match(throughline.page.url(), /\/(queues|groups|runbooks|approvals)$/);
      }
    });
    await check('a step of the runbook is ticked on the page of the exception, and told there', async () => {
      await throughline.open(`/exceptions/${exception.id}`);
      const panel = throughline.page.getByRole('region', { name: 'No company code' });
      await panel.getByRole('checkbox').first().click();
      await panel.getByText('1 of 2 steps done').waitFor();
      await throughline.page.getByText('Step of the runbook done').waitFor();
    });
    await check('a group is snoozed by keyboard, and leaves the list of what to work on', async () => {
      await throughline.open(`/groups?open=${exception.group.id}`);
      const detail = throughline.page.getByRole('article');
      await detail.getByText('Ask master data first').waitFor();
      await throughline.page.keyboard.press('s');
      await throughline.page.getByRole('textbox', { name: 'Reason' }).fill('mended on Thursday');
      await throughline.page.keyboard.press('Control+Enter');
      await detail.getByText(/snoozed until/).waitFor();
      await throughline.open('/groups?view=snoozed');
      await throughline.page.getByRole('heading', { level: 1, name: /^1 group holds/ }).waitFor();
    });
    await check(
      'a payload is corrected by keyboard, checked while it is typed, and its new version proven',
      async () => {
        const { page } = throughline;
        await throughline.open(`/exceptions/${exception.id}`);
        await page.getByRole('button', { name: 'Correct', exact: true }).waitFor();
        await page.keyboard.press('c');
        const form = page.getByRole('dialog', { name: `Correct ${order.orderNumber}` });
        await form.getByLabel('Selling unit').fill('DE01-HAMBURG');
        await form.getByRole('table', { name: 'Against version 1' }).getByText('DE01-HAMBURG').waitFor();
        await form.getByLabel('Reason').fill('The unit was renamed');
        await settled(page);
        await lookAt(page, 'exception-correction');
        await eventually('it can be saved', () => form.getByRole('button', { name: 'Save', exact: true }).isEnabled());
        await page.keyboard.press('Control+Enter');
        const sending = page.getByRole('dialog', { name: 'Send again' });
        assert.equal(await sending.getByLabel('Corrected, version 2').isChecked(), true);
        await lookAt(page, 'send-corrected');
        await sending.getByLabel('Reason').fill('The unit was renamed');
        await sending.getByRole('button', { name: 'Ask to send again' }).click();
        await page.getByText('corrected, version 2').waitFor();
        const controller = await new ApiClient(consoleUrl).signIn('controller@demo.example');
        const [{ attempts }] = await analyst.exceptionsOf(order.orderNumber);
        const decided = await controller.approveRequeue(attempts.at(-1).requestId);
        assert.equal(decided.__typename, 'RequeueDecided');
        await page.getByText('Resolved, verified').first().waitFor({ timeout: 30_000 });
      },
    );
    await check('whoever keeps the catalog declares what may be corrected', async () => {
      const engineer = await (await watchedConsole({ newPage, consoleUrl, problems })).arriveAs('engineer');
      await engineer.open('/changeable-fields?open=salesforce-contract-to-order');
      const form = engineer.page.getByRole('dialog', { name: 'What may be corrected: Contract to sales order' });
      await form.getByText('Of the demo').waitFor();
      await lookAt(engineer.page, 'changeable-fields-of-one');
      await form.getByLabel('Changeable places').fill('/sellingUnit');
      await form.getByLabel('Why').fill('only the unit');
      await engineer.page.keyboard.press('Control+Enter');
      await engineer.page
        .getByRole('row')
        .filter({ hasText: 'Contract to sales order' })
        .getByText('/sellingUnit', { exact: true })
        .waitFor();
    });
    await check('no error was thrown or logged', async () => {
      assert.deepEqual(problems, []);
    });
  },
);

/** A runbook for the problem, and words about its group; answers the runbook's id. */
async function makeKnown(api, { problem, group }) {
  const { writeRunbook } = await api.query(
    `mutation ($key: String!, $body: String!) {
       writeRunbook(scope: PROBLEM, scopeKey: $key, words: { title: "No company code", body: $body }) {
         ... on RunbookChanged { runbook { id } } ... on RunbookFailure { message } } }`,
    { key: problem.code, body: RUNBOOK },
  );
  const { changeExceptionGroup } = await api.query(
    `mutation ($id: ID!, $version: Int!) {
       changeExceptionGroup(id: $id, version: $version, change: {
         note: "Ask master data first", isKnownError: true, knownErrorReference: "CHG-77" }) { __typename } }`,
    { id: group.id, version: group.version },
  );
  assert.equal(changeExceptionGroup.__typename, 'ExceptionGroupsChanged');
  return writeRunbook.runbook.id;
}
