import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { eventually } from '../eventually.mjs';
import { artifactsFolder } from '../stack/the-stack.mjs';
import { violationsOf } from './axe.mjs';
import { Console } from './console.mjs';

export const SCHEMES = ['light', 'dark'];

const WIDTHS = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

/** Takes a picture in each width for people to look at; nothing is wider than the window, and all of it is accessible. */
export async function lookAt(page, name, scheme) {
  await mkdir(`${artifactsFolder}/screens`, { recursive: true });
  for (const viewport of WIDTHS) {
    await page.setViewportSize(viewport);
    await page.waitForTimeout(150);
    await page.screenshot({ path: `${artifactsFolder}/screens/${name}-${scheme}-${String(viewport.width)}.png` });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `${name} is ${String(overflow)} px too wide at ${String(viewport.width)}`);
  }
  // of the same page in other colours only the colours can be wrong
  assert.deepEqual(await violationsOf(page, scheme === 'light' ? undefined : ['color-contrast']), []);
}

/** A console in a page of its own; what it throws or logs as an error is added to the problems. */
export async function watchedConsole({ newPage, consoleUrl, colorScheme, problems }) {
  const page = await newPage({ colorScheme });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return new Console(page, consoleUrl);
}

/** Loading shapes are gone and nothing is on its way. */
export async function settled(page) {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await eventually('the page has loaded', async () => (await page.locator('[aria-busy="true"]').count()) === 0);
}

/** Looks at each of these screens as one person, in one scheme; `show` is the region of it that is brought into view. */
export async function lookAtScreens({ check, throughline, colorScheme, screens }) {
  for (const { name, path, show } of screens) {
    await check(`${name}, ${colorScheme}`, async () => {
      await throughline.open(path);
      await throughline.screens.waitFor();
      // a screen is fetched when it is first opened: until then nothing is there, and nothing is on its way
      await throughline.page.locator('main *').first().waitFor();
      await settled(throughline.page);
      if (show) await throughline.page.getByRole('region', { name: show }).scrollIntoViewIfNeeded();
      await lookAt(throughline.page, name, colorScheme);
    });
  }
}
