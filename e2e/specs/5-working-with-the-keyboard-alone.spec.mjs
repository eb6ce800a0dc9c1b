import assert from 'node:assert/strict';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient, DEMO_PASSWORD } from '../graphql.mjs';

story(
  'Everything from sign-in to the verified resolution without a mouse',
  async ({ step, newPage, consoleUrl, simulatorUrl, estate }) => {
    const api = await new ApiClient(consoleUrl).signIn('analyst@demo.example');
    const page = await newPage();
    const throughline = new Console(page, consoleUrl);
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focusedName = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      );
    let order;

    await step('She signs in', async () => {
      order = await estate.placeOrder({ legalEntity: 'US01', fault: 'missing-mapping', amount: '4000000.00' });
      await eventually('the exception is open', async () => (await api.exceptionsOf(order.orderNumber))[0]);
      await throughline.open();
      await page.getByLabel('Email').focus();
      await page.keyboard.type('analyst@demo.example');
      await eventually('the password has the focus', async () => {
        await press('Tab');
        return page.evaluate(() => document.activeElement?.getAttribute('name') === 'password');
      });
      await page.keyboard.type(DEMO_PASSWORD);
      await press('Enter');
      await throughline.screens.waitFor();
    });

    await step('She goes to the exceptions and opens the most urgent one', async () => {
      await press('g', 'e');
      await page.waitForURL(/\/exceptions/);
      await throughline.exceptionRow(order.orderNumber);
      await press('j', 'Enter');
      await throughline.exception.getByText(order.orderNumber).first().waitFor();
    });

    await step('She takes it, notes something, and sends it again once the mapping is there', async () => {
      await press('m');
      await eventually('she owns it', async () => (await throughline.fact('Owner')) === 'Anna Lindqvist');
      await press('n');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.type('Asked master data for the mapping');
      await press('Control+Enter');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByText('Asked master data for the mapping').first().waitFor();

      const erp = await newPage();
      await erp.goto(`${simulatorUrl}/erp`);
      await eventually('the unit field has the focus', async () => {
        await erp.keyboard.press('Tab');
        return erp.evaluate(() => document.activeElement?.getAttribute('name') === 'unit');
      });
      await erp.keyboard.type(order.sellingUnit);
      await erp.keyboard.press('Tab');
      await erp.keyboard.type('US');
      await erp.keyboard.press('Tab');
      await erp.keyboard.press('Enter');
      await erp.getByText(`${order.sellingUnit} is mapped now`).waitFor();
      await erp.context().close();

      await press('r');
      await page.getByRole('dialog', { name: 'Send again' }).getByLabel('Reason').waitFor();
      await eventually('the reason has the focus', async () =>
        page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA'),
      );
      await page.keyboard.type('Mapping was added');
      await press('Control+Enter');
      await throughline.exception.getByText('Awaits approval').first().waitFor();
    });

    await step('So much money needs a second person: the controller approves exactly that, by keyboard', async () => {
      const controller = await new Console(await newPage(), consoleUrl).arriveAs('controller', '/approvals/sending');
      const { keyboard } = controller.page;
      await controller.page.getByRole('grid').getByText('Anna Lindqvist').first().waitFor();
      await keyboard.press('j');
      await keyboard.press('Enter');
      await controller.exception.getByText(order.orderNumber).first().waitFor();
      await keyboard.press('y');
      await controller.page.getByRole('dialog', { name: 'Approve sending again' }).waitFor();
      await keyboard.press('Control+Enter');
      await controller.page.getByRole('dialog').waitFor({ state: 'hidden' });
      await controller.page.context().close();
      await throughline.exception.getByText('Resolved, verified').first().waitFor({ timeout: 30_000 });
    });

    await step('Escape leads back to the list, and the keys are listed under the question mark', async () => {
      await press('Escape');
      await eventually('the detail is closed', async () => (await throughline.exception.count()) === 0);
      await press('?');
      const keys = page.getByRole('dialog', { name: 'Keys' });
      await keys.waitFor();
      assert.match(await keys.innerText(), /Next exception/);
      await press('Escape');
      await keys.waitFor({ state: 'hidden' });
    });

    await step('She finds a document by its number from anywhere', async () => {
      await press('/');
      // Faster than any hand: not one of these keys may go to the page below.
      await page.keyboard.type(order.contractNumber);
      await page.getByRole('option').filter({ hasText: order.contractNumber }).first().waitFor();
      await press('Enter');
      await page.waitForURL(/\/transactions\//);
      await page.getByText(order.contractNumber).first().waitFor();
    });

    await step('The focus is always visible and never lost', async () => {
      await throughline.open('/exceptions');
      await throughline.screens.waitFor();
      for (let tab = 0; tab < 12; tab += 1) {
        await press('Tab');
        const isVisible = await page.evaluate(() => {
          const element = document.activeElement;
          if (element === null || element === document.body) return false;
          const style = getComputedStyle(element);
          return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || element.matches('input');
        });
        assert.ok(isVisible, `no visible focus after ${String(tab + 1)} tabs, on "${await focusedName()}"`);
      }
    });
  },
);
