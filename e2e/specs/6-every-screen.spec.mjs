import assert from 'node:assert/strict';
import { lookAt, lookAtScreens, watchedConsole } from '../browser/look.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';

story(
  'Every screen, light and dark, is accessible and fits',
  async ({ check, newPage, consoleUrl, simulatorUrl, estate }) => {
    const api = await new ApiClient(consoleUrl).signIn('engineer@demo.example');
    const order = await estate.placeOrder({ legalEntity: 'DE01', fault: 'missing-mapping' });
    const done = await estate.placeOrder({ legalEntity: 'SG01' });
    const exception = await eventually(
      'the exception is open',
      async () => (await api.exceptionsOf(order.orderNumber))[0],
    );
    const transaction = await eventually('an order ran to its end', async () => {
      const [found] = await api.transactionsOf(done.contractNumber);
      return found?.state === 'COMPLETED' ? found : null;
    });
    const { exception: failed } = await api.query('query ($id: ID!) { exception(id: $id) { failure { traceId } } }', {
      id: exception.id,
    });

    const { exception: of } = await api.query('query ($id: ID!) { exception(id: $id) { businessObject { id } } }', {
      id: exception.id,
    });
    const failedObject = of.businessObject;
    const { transaction: whole } = await api.query(
      'query ($id: ID!) { transaction(id: $id) { objects { id type isHub } } }',
      { id: transaction.id },
    );
    const hub = whole.objects.find(({ isHub }) => isHub);

    const screens = [
      { name: 'home', as: 'analyst', path: '/' },
      { name: 'exceptions', as: 'analyst', path: '/exceptions' },
      { name: 'exceptions-with-detail', as: 'analyst', path: `/exceptions?open=${exception.id}` },
      { name: 'exceptions-none', as: 'analyst', path: '/exceptions?text=nothing-has-this-name' },
      { name: 'exceptions-of-an-empty-queue', as: 'analyst', path: '/exceptions?queue=credit' },
      { name: 'queues', as: 'analyst', path: '/queues' },
      { name: 'exception', as: 'analyst', path: `/exceptions/${exception.id}` },
      { name: 'transactions', as: 'analyst', path: '/transactions' },
      { name: 'transaction', as: 'analyst', path: `/transactions/${transaction.id}` },
      { name: 'transaction-as-table', as: 'analyst', path: `/transactions/${transaction.id}?show=table` },
      { name: 'transactions-filtered', as: 'analyst', path: '/transactions?entity=SG01&order=started' },
      { name: 'object', as: 'analyst', path: `/objects/${failedObject.id}` },
      { name: 'object-history', as: 'analyst', path: `/objects/${failedObject.id}?show=history` },
      { name: 'hub', as: 'analyst', path: `/objects/${hub.id}` },
      { name: 'orphans', as: 'analyst', path: '/orphans' },
      { name: 'receivables', as: 'analyst', path: '/receivables' },
      { name: 'rebuilds', as: 'engineer', path: '/rebuilds' },
      { name: 'lineage-approvals', as: 'approver', path: '/approvals/lineage' },
      { name: 'trace', as: 'analyst', path: `/traces/${failed.failure.traceId}` },
      { name: 'sla', as: 'analyst', path: '/sla' },
      { name: 'integrations', as: 'analyst', path: '/integrations' },
      { name: 'alerts', as: 'analyst', path: '/alerts' },
      { name: 'no-right', as: 'admin', path: '/exceptions' },
      { name: 'evidence', as: 'auditor', path: '/evidence' },
      { name: 'not-there', as: 'analyst', path: '/no-such-page' },
    ];
    const simulated = [
      { name: 'simulated-estate', path: '/' },
      { name: 'simulated-erp', path: '/erp' },
      { name: 'simulated-chat', path: '/chat' },
    ];
    const problems = [];
    const consoleOf = () => watchedConsole({ newPage, consoleUrl, problems });
    const stranger = await consoleOf();
    await check('sign-in', async () => {
      await stranger.open();
      await stranger.page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
      await lookAt(stranger.page, 'sign-in');
    });
    await lookAtScreens({ check, newPage, consoleUrl, problems, screens });
    for (const { name, path } of simulated) {
      await check(name, async () => {
        await stranger.page.goto(`${simulatorUrl}${path}`);
        await lookAt(stranger.page, name);
      });
    }
    await check('no error was thrown or logged', async () => {
      assert.deepEqual(problems, []);
    });
  },
);
