import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of the browser; null when there is none. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  return PLACES.find((place) => existsSync(place)) ?? null;
}

/** One browser with a profile of its own that is thrown away. */
export async function openBrowser() {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('Chromium is missing');
  const profile = await mkdtemp(join(tmpdir(), 'throughline-e2e-profile-'));
  const browser = await chromium.launch({
    executablePath,
    args: [...FLAGS, `--disk-cache-dir=${profile}`],
    chromiumSandbox: false,
  });
  return {
    /** A fresh profile within the browser: nobody is signed in. */
    async newPage({ colorScheme = 'light', viewport = { width: 1280, height: 800 }, reducedMotion = 'reduce' } = {}) {
      const context = await browser.newContext({
        colorScheme,
        viewport,
        reducedMotion,
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
      });
      context.setDefaultTimeout(15_000);
      return context.newPage();
    },
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
