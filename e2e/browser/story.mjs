import { mkdir } from 'node:fs/promises';
import test from 'node:test';
import { artifactsFolder, theStack } from '../stack/the-stack.mjs';
import { openBrowser } from './chromium.mjs';

/**
 * A story in business language: its steps run one after the other on the running stack, and end at the first that
 * fails, with a screenshot of every open page.
 */
export function story(title, tell) {
  // steps wait for one another; what is only looked at may be looked at two at a time
  test(title, { concurrency: 2 }, async (t) => {
    const stack = theStack();
    const browser = await openBrowser();
    const pages = [];
    const newPage = async (options) => {
      const page = await browser.newPage(options);
      pages.push(page);
      return page;
    };
    const attempt = async (name, act) => {
      let problem;
      await t.test(name, async () => {
        try {
          await act();
        } catch (error) {
          problem = error;
          await picture(pages, `${title} - ${name}`);
          throw error;
        }
      });
      return problem;
    };
    /** A step of the story: what follows needs it. */
    const step = async (name, act) => {
      if ((await attempt(name, act)) !== undefined) throw new Error(`The story ended at: ${name}`);
    };
    /** Something to look at on the way: the story goes on either way. */
    const check = attempt;
    try {
      await tell({ step, check, newPage, ...stack });
    } finally {
      await browser.close();
    }
  });
}

async function picture(pages, name) {
  const folder = `${artifactsFolder}/failures`;
  await mkdir(folder, { recursive: true });
  const file = name.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
  await Promise.all(
    pages.map((page, number) =>
      page.screenshot({ path: `${folder}/${file}-${String(number + 1)}.png`, fullPage: true }).catch(() => undefined),
    ),
  );
}
