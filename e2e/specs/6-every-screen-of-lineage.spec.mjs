import assert from 'node:assert/strict';
import { lookAtScreens, watchedConsole } from '../browser/look.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';
import { fixtureText } from '../intake/protocol-samples.mjs';
import { post } from '../intake/told.mjs';

story(
  'Every screen about lineage, light and dark, is accessible and fits',
  async ({ check, newPage, consoleUrl, collectorUrl, estate }) => {
    const api = await new ApiClient(consoleUrl).signIn('admin@demo.example');
    const analyst = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
    await estate.placeOrder({ legalEntity: 'DE01', fault: 'missing-mapping' });
    const done = await estate.placeOrder({ legalEntity: 'SG01' });
    const transaction = await eventually('an order ran to its end', async () => {
      const [found] = await analyst.transactionsOf(done.contractNumber);
      return found?.state === 'COMPLETED' ? found : null;
    });
    const finding = await somethingToFind(analyst, collectorUrl);
    await ratesOf(api);

    const screens = [
      { name: 'findings', path: '/findings' },
      { name: 'findings-with-detail', path: `/findings?open=${encodeURIComponent(finding)}` },
      { name: 'findings-none', path: '/findings?kind=TOO_MANY_ALIASES' },
      { name: 'workflows', path: '/workflows' },
      { name: 'workflows-with-detail', path: '/workflows?open=order-to-cash' },
      { name: 'workflow', path: '/workflows/order-to-cash' },
      { name: 'workflow-not-there', path: '/workflows/no-such-workflow' },
      { name: 'delays', path: '/delays' },
      { name: 'delays-with-detail', path: '/delays?part=SYSTEM:sap-s4hana' },
      { name: 'delays-none', path: '/delays?text=nothing-has-this-name' },
      { name: 'receivables-in-usd', path: '/receivables?in=USD&rate=ecb-reference' },
      { name: 'receivables-without-rate', path: '/receivables?in=USD&rate=average' },
      { name: 'transaction-in-eur', path: `/transactions/${transaction.id}`, show: 'In the reporting currency' },
      { name: 'transaction-links', path: `/transactions/${transaction.id}?show=table` },
      { name: 'object-lineage', path: `/objects/${transaction.anchor.id}` },
      { name: 'legal-entities', path: '/legal-entities' },
      { name: 'exchange-rates', path: '/exchange-rates' },
      { name: 'sla-of-a-rule', path: '/sla?workflow=order-to-cash&milestone=order-accepted' },
    ];
    const problems = [];
    const throughline = await (await watchedConsole({ newPage, consoleUrl, problems })).arriveAs('analyst');
    await lookAtScreens({ check, newPage, consoleUrl, problems, screens });
    await check('the screens are found by name', async () => {
      for (const name of ['Findings', 'Workflows', 'Where time goes']) {
        await throughline.page.keyboard.press('Control+k');
        await throughline.page.getByRole('combobox', { name: 'Search keys, pages and actions' }).fill(name);
        await throughline.page.getByRole('option', { name }).first().click();
        await throughline.page.getByRole('heading', { level: 1 }).waitFor();
        assert.match(throughline.page.url(), /\/(findings|workflows|delays)$/);
      }
    });
    await check('no error was thrown or logged', async () => {
      assert.deepEqual(problems, []);
    });
  },
);

/** Sends an invoice of a day long before anybody sent any; answers what the page calls the finding. */
async function somethingToFind(api, collectorUrl) {
  const event = { ...JSON.parse(fixtureText('stripe/event-invoice-finalized.json')), created: 1 };
  const { status } = await post({ collectorUrl }, '/v1/webhooks/stripe', { body: JSON.stringify(event) });
  assert.equal(status, 200);
  return eventually('the doubtful time is found', async () => {
    const { findings } = await api.query(
      'query { findings(filter: { kinds: [IMPLAUSIBLE_TIME] }) { edges { node { kind subjectId about } } } }',
    );
    const [first] = findings.edges;
    return first && `${first.node.kind}/${first.node.subjectId}/${first.node.about}`;
  });
}

/** Rates of yesterday, of all currencies of the demo but one. */
async function ratesOf(api) {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const lines = ['USD,1.0850', 'SGD,1.4310'].map((rate) => `ecb-reference,${day},EUR,${rate}`);
  const { importExchangeRates } = await api.query(
    `mutation ($text: String!) { importExchangeRates(format: "csv", source: "a file", text: $text) {
       __typename ... on CatalogFailure { message } } }`,
    { text: ['type,date,base,currency,rate', ...lines].join('\n') },
  );
  assert.deepEqual(importExchangeRates, { __typename: 'ExchangeRatesImported' });
}
