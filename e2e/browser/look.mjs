import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { eventually } from '../eventually.mjs';
import { artifactsFolder } from '../stack/the-stack.mjs';
import { violationsOf } from './axe.mjs';
import { Console } from './console.mjs';

const NARROW = { width: 1280, height: 800 };
const WIDE = { width: 1920, height: 1080 };

/** So many looks in a row a page has to be quiet: between an answer and what it asks for there is a frame or two. */
const QUIET_LOOKS = 3;

const takesPictures = process.env.E2E_PICTURES === '1';

/**
 * In each width, light and dark, nothing is wider than the window, and all of it is accessible; with E2E_PICTURES=1 also a
 * picture of each for people to look at. The page is loaded once: it follows the system's setting of colours.
 */
export async function lookAt(page, name) {
  if (takesPictures) await mkdir(`${artifactsFolder}/screens`, { recursive: true });
  await paint(page, 'light');
  await fits(page, `${name}-light`, [NARROW, WIDE]);
  const violations = await violationsOf(page);
  await paint(page, 'dark');
  await fits(page, `${name}-dark`, [WIDE, NARROW]);
  // of the same page in other colours only the colours can be wrong
  violations.push(...(await violationsOf(page, ['color-contrast'])).map((violation) => `dark: ${violation}`));
  await paint(page, 'light');
  assert.deepEqual(violations, []);
}

/** In these colours, all of it: no text is still on its way from its other colour. */
async function paint(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await eventually(`the page is ${colorScheme}`, () =>
    page.evaluate((scheme) => {
      const told = document.documentElement.dataset.mantineColorScheme;
      const isFading = document.getAnimations().some((animation) => animation instanceof CSSTransition);
      return (told === undefined || told === scheme) && !isFading;
    }, colorScheme),
  );
}

async function fits(page, name, viewports) {
  for (const viewport of viewports) {
    await page.setViewportSize(viewport);
    // laid out and painted at that width
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    if (takesPictures)
      await page.screenshot({ path: `${artifactsFolder}/screens/${name}-${String(viewport.width)}.png` });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `${name} is ${String(overflow)} px too wide at ${String(viewport.width)}`);
  }
}

/** Requests of each watched page that have no answer yet. */
const underWay = new WeakMap();

/** A console in a page of its own; what it throws or logs as an error is added to the problems. */
export async function watchedConsole({ newPage, consoleUrl, problems }) {
  const page = await newPage();
  const requests = new Set();
  underWay.set(page, requests);
  page.on('request', (request) => requests.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => requests.delete(request));
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return new Console(page, consoleUrl);
}

/** Loading shapes are gone and nothing is on its way, also not what the answers asked for. */
export async function settled(page) {
  let quietLooks = 0;
  await eventually('the page has loaded', async () => {
    const isQuiet = underWay.get(page).size === 0 && (await page.locator('[aria-busy="true"]').count()) === 0;
    quietLooks = isQuiet ? quietLooks + 1 : 0;
    return quietLooks === QUIET_LOOKS;
  });
}

/**
 * Looks at each of these screens, in two windows at once, as its person or as the one whose screens they are: when it `says` that, and
 * after somebody did something (`act`) on it; `show` is the region that is brought into view.
 */
export async function lookAtScreens({ check, newPage, consoleUrl, problems, screens, person = 'analyst' }) {
  await inTwoWindows(screens, () => {
    const signedIn = new Map();
    const windowOf = async (who) => {
      const known = signedIn.get(who);
      if (known) return known;
      const throughline = await (await watchedConsole({ newPage, consoleUrl, problems })).arriveAs(who);
      signedIn.set(who, throughline);
      return throughline;
    };
    return ({ name, path, show, says, act, as = person }) =>
      check(name, async () => {
        const throughline = await windowOf(as);
        await throughline.open(path);
        await throughline.screens.waitFor();
        // a screen is fetched when it is first opened: until then nothing is there, and nothing is on its way
        await throughline.page.locator('main *').first().waitFor();
        await settled(throughline.page);
        if (says) await throughline.page.getByText(says).first().waitFor();
        await act?.(throughline);
        if (show) await throughline.page.getByRole('region', { name: show }).scrollIntoViewIfNeeded();
        await lookAt(throughline.page, name);
      });
  });
}

/** Each of these once, in whichever window is free first. */
async function inTwoWindows(items, openWindow) {
  const waiting = [...items];
  const work = async () => {
    const look = openWindow();
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await look(item);
  };
  await Promise.all([work(), work()]);
}
