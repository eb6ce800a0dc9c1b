// Takes pictures of every screen against a running console (the fixture server or a real stack).
//   node scripts/screenshots.mjs --url http://127.0.0.1:… --out folder [--only exceptions] [--person analyst] [--widths 1280,1920]
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    out: { type: 'string', default: 'screenshots' },
    only: { type: 'string', default: '' },
    person: { type: 'string', default: 'analyst' },
    widths: { type: 'string', default: '1280,1920' },
    themes: { type: 'string', default: 'light,dark' },
    browser: { type: 'string', default: '/usr/bin/chromium' },
  },
});

async function firstId(page, query, pick) {
  const response = await page.request.post(new URL('/graphql', options.url).href, { data: { query } });
  return pick((await response.json()).data);
}

async function screens(page) {
  const unresolved =
    'exceptions(first: 1, filter: { states: [OPEN, IN_PROGRESS], taxonomies: ["mapping-and-master-data.missing-legal-entity-mapping"] })';
  const [exception, trace, stuck] = await firstId(
    page,
    `{ ${unresolved} { edges { node { id failure { traceId } transaction { id } } } } }`,
    ({ exceptions }) => {
      const node = exceptions.edges[0]?.node;
      return [node?.id, node?.failure?.traceId, node?.transaction?.id];
    },
  );
  const [transaction, good, customer, order] = await firstId(
    page,
    '{ transactions(first: 1, filter: { states: [COMPLETED] }) { edges { node { id activities { traceId } objects { id type } } } } }',
    (data) => {
      const node = data.transactions.edges[0]?.node;
      const idOf = (wanted) => node?.objects.find(({ type }) => type === wanted)?.id;
      const traceId = node?.activities.find((activity) => activity.traceId)?.traceId;
      return [node?.id, traceId, idOf('customer'), idOf('sales-order')];
    },
  );
  const intake = await firstId(
    page,
    `{
      unread: signals(first: 1, filter: { states: [UNMAPPED], mapping: "stripe" }) { edges { node { id } } }
      read: signals(first: 1, filter: { states: [MAPPED] }) { edges { node { id } } }
      refusedInputs(first: 1) { edges { node { id } } }
      files(first: 1) { edges { node { id } } }
      broken: files(first: 1, filter: { hasControlBreak: true }) { edges { node { id } } }
      ingestKeys(first: 1) { edges { node { id } } }
      sourceSystems(first: 1) { edges { node { name } } }
    }`,
    (data) =>
      Object.fromEntries(
        Object.entries(data).map(([name, { edges }]) => [name, edges[0]?.node.id ?? edges[0]?.node.name]),
      ),
  );
  return [
    ['home', '/'],
    ['exceptions', '/exceptions'],
    ['exceptions-split', `/exceptions?open=${exception}`],
    ['exceptions-none', '/exceptions?text=nothing+like+this'],
    ['exception', `/exceptions/${exception}`],
    ['transactions', '/transactions'],
    ['transaction', `/transactions/${transaction}`],
    ['transaction-delays', `/transactions/${transaction}`, showDelays],
    ['transaction-stuck', `/transactions/${stuck}`, showDelays],
    ['transaction-table', `/transactions/${transaction}?show=table`],
    ['findings', '/findings'],
    ['findings-open', '/findings?kind=MASTER_DATA_DRIFT,LINK_CYCLE', openFirst],
    ['workflows', '/workflows'],
    ['workflows-open', '/workflows?open=order-to-cash'],
    ['workflow', '/workflows/order-to-cash'],
    ['delays', '/delays'],
    ['delays-open', '/delays?part=SYSTEM:kyriba'],
    ['transaction-converted', `/transactions/${stuck}`, showReporting],
    ['receivables', '/receivables'],
    ['receivables-in-usd', '/receivables?in=USD&rate=average'],
    ['object', `/objects/${customer}`],
    ['object-as-of', `/objects/${customer}?on=${new Date().toISOString().slice(0, 10)}&view=known`],
    ['object-history', `/objects/${customer}?show=history`],
    ['object-document', `/objects/${order}`],
    ['object-missing', '/objects/00000000-0000-5000-8000-000000000000'],
    ['trace', `/traces/${trace}`],
    ['trace-long', `/traces/${'f'.repeat(32)}`],
    ['trace-path', `/traces/${good}`],
    ['trace-links', `/traces/${trace}?span=b4&links=step`, showLinks],
    ['trace-no-links', `/traces/${good}`, showLinks],
    ['trace-many-links', `/traces/${'f'.repeat(32)}?span=root`, showLinks],
    ['sla', '/sla'],
    ['runs', '/requeues'],
    ['runs-open', '/requeues?open=run-1'],
    ['unknown-outcomes', '/unknown-outcomes'],
    ['certificate', `/certificates/attempt-${exception}`],
    ['alerts', '/alerts'],
    ['integrations', '/integrations'],
    ['evidence', '/evidence'],
    ['signals', '/signals'],
    ['signals-unread', `/signals?state=UNMAPPED&open=${intake.unread}`],
    ['signals-read', `/signals?open=${intake.read}`],
    ['signals-none', '/signals?type=nothing-like-this'],
    ['signals-refused', `/signals?show=refused&open=${intake.refusedInputs}`],
    ['signal', `/signals/${intake.unread}`],
    ['mappings', '/mappings'],
    ['bench', `/mappings/stripe?signal=${intake.unread}`, runBench],
    ['bench-idle', '/mappings/stripe'],
    ['bench-new', '/mappings/treasury-portal?new=yes'],
    ['sources', '/sources'],
    ['sources-open', `/sources?open=${intake.sourceSystems}`],
    ['sources-keys', `/sources?show=keys&open=${intake.ingestKeys}`],
    ['sources-unclaimed', '/sources?show=unclaimed'],
    ['sources-redaction', '/sources?show=redaction'],
    ['sources-contracts', '/sources?show=contracts'],
    ['sources-names', '/sources?show=names'],
    ['files', '/files'],
    ['files-open', `/files?open=${intake.broken ?? intake.files}`],
    ['files-runs', '/files?show=runs'],
  ].filter(([name]) => name.startsWith(options.only));
}

/** Brings where the time went into view. */
async function showDelays(page) {
  await page.getByRole('region', { name: 'Where the time went' }).scrollIntoViewIfNeeded();
}

/** Brings the amounts in the reporting currency into view. */
async function showReporting(page) {
  await page.getByRole('region', { name: 'In the reporting currency' }).scrollIntoViewIfNeeded();
}

/** Opens the first row of a list beside it. */
async function openFirst(page) {
  if ((await page.getByRole('grid').count()) > 0) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
}

/** Brings the links of a run into view. */
async function showLinks(page) {
  await page.getByRole('region', { name: 'Links to and from other runs' }).scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 2_000);
}

/** Runs the bench and the comparison, so that the picture shows what comes out. */
async function runBench(page) {
  const run = page.getByRole('button', { name: 'Run', exact: true });
  if ((await run.count()) === 0) return;
  await run.click();
  await page.getByRole('button', { name: 'Compare on stored signals' }).click();
}

await mkdir(options.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: options.browser,
  args: [
    '--no-sandbox',
    '--headless',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
for (const colorScheme of options.themes.split(',')) {
  for (const width of options.widths.split(',').map(Number)) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: width > 1500 ? 1080 : 800 } });
    page.on('console', (message) => message.type() === 'error' && process.stderr.write(`${message.text()}\n`));
    page.on('pageerror', (error) => process.stderr.write(`${error.stack}\n`));
    await page.goto(options.url);
    const shot = (name) => page.screenshot({ path: path.join(options.out, `${name}-${colorScheme}-${width}.png`) });
    await page.getByLabel('Email').waitFor();
    await page.waitForTimeout(400);
    if ('sign-in'.startsWith(options.only)) await shot('sign-in');
    await page.getByLabel('Email').fill(`${options.person}@demo.example`);
    await page.getByLabel('Password', { exact: true }).fill('throughline-demo');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    for (const [name, address, act] of await screens(page)) {
      await page.goto(new URL(address, options.url).href);
      if (act) {
        await page.waitForTimeout(700);
        await act(page);
      }
      await page.waitForTimeout(1100);
      await shot(name);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) process.stderr.write(`${name} at ${width} is ${overflow} px too wide\n`);
    }
    await page.close();
  }
}
await browser.close();
