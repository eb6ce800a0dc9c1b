import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { violationsOf } from '../browser/axe.mjs';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';
import { artifactsFolder } from '../stack/the-stack.mjs';

const WIDTHS = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const SCHEMES = ['light', 'dark'];

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

    const screens = [
      { name: 'home', as: 'analyst', path: '/' },
      { name: 'exceptions', as: 'analyst', path: '/exceptions' },
      { name: 'exceptions-with-detail', as: 'analyst', path: `/exceptions?open=${exception.id}` },
      { name: 'exceptions-none', as: 'analyst', path: '/exceptions?text=nothing-has-this-name' },
      { name: 'exception', as: 'analyst', path: `/exceptions/${exception.id}` },
      { name: 'transactions', as: 'analyst', path: '/transactions' },
      { name: 'transaction', as: 'analyst', path: `/transactions/${transaction.id}` },
      { name: 'transaction-as-table', as: 'analyst', path: `/transactions/${transaction.id}?show=table` },
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
    await mkdir(`${artifactsFolder}/screens`, { recursive: true });

    const look = async (page, name, scheme) => {
      for (const viewport of WIDTHS) {
        await page.setViewportSize(viewport);
        await page.waitForTimeout(150);
        await page.screenshot({ path: `${artifactsFolder}/screens/${name}-${scheme}-${String(viewport.width)}.png` });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(overflow <= 0, `${name} is ${String(overflow)} px too wide at ${String(viewport.width)}`);
      }
      assert.deepEqual(await violationsOf(page), []);
    };

    for (const colorScheme of SCHEMES) {
      const problems = [];
      const consoleOf = async () => {
        const page = await newPage({ colorScheme });
        page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
        page.on('console', (message) => {
          if (message.type() === 'error') problems.push(`console: ${message.text()}`);
        });
        return new Console(page, consoleUrl);
      };
      const stranger = await consoleOf();
      await check(`sign-in, ${colorScheme}`, async () => {
        await stranger.open();
        await stranger.page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
        await look(stranger.page, 'sign-in', colorScheme);
      });
      const signedIn = {};
      for (const person of ['analyst', 'auditor', 'admin']) {
        signedIn[person] = await (await consoleOf()).arriveAs(person);
      }
      for (const { name, as, path } of screens) {
        await check(`${name}, ${colorScheme}`, async () => {
          const throughline = signedIn[as];
          await throughline.open(path);
          await throughline.screens.waitFor();
          await settled(throughline.page);
          await look(throughline.page, name, colorScheme);
        });
      }
      for (const { name, path } of simulated) {
        await check(`${name}, ${colorScheme}`, async () => {
          await stranger.page.goto(`${simulatorUrl}${path}`);
          await look(stranger.page, name, colorScheme);
        });
      }
      await check(`no error was thrown or logged, ${colorScheme}`, async () => {
        assert.deepEqual(problems, []);
      });
    }
  },
);

/** Loading shapes are gone and nothing is on its way. */
async function settled(page) {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await eventually('the page has loaded', async () => (await page.locator('[aria-busy="true"]').count()) === 0);
}
