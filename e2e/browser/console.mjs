import { DEMO_PASSWORD } from '../graphql.mjs';
import { eventually } from '../eventually.mjs';

/** The console as a person uses it: everything is found by role and name. */
export class Console {
  constructor(page, url) {
    this.page = page;
    this.url = url;
  }

  async open(path = '/') {
    await this.page.goto(`${this.url}${path}`);
  }

  async signIn(email, password = DEMO_PASSWORD) {
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Opens the console and signs in; resolves on the first screen. */
  async arriveAs(person, path = '/') {
    await this.open(path);
    await this.signIn(`${person}@demo.example`);
    await this.screens.waitFor();
    return this;
  }

  get screens() {
    return this.page.getByRole('navigation', { name: 'Screens' });
  }

  async goTo(screen) {
    await this.screens.getByRole('link', { name: screen, exact: true }).click();
  }

  /** The sentence that answers the page's question. */
  get answer() {
    return this.page.getByRole('heading', { level: 1 }).first();
  }

  /** The row of a document in the inbox; asks for new rows when they announce themselves. */
  async exceptionRow(key) {
    const row = this.page.getByRole('grid', { name: 'Exceptions' }).getByRole('row').filter({ hasText: key });
    await eventually(`the inbox shows ${key}`, async () => {
      if ((await row.count()) > 0) return true;
      const news = this.page.getByRole('button', { name: /new, show$/ });
      if ((await news.count()) > 0) await news.click({ timeout: 1_000 });
      return false;
    });
    return row;
  }

  /** The texts of a row by the name of their column. */
  async cellsOf(row) {
    const table = row.locator('xpath=ancestor::*[@role="grid"]');
    const names = await table.getByRole('columnheader').allInnerTexts();
    const texts = await row.getByRole('gridcell').allInnerTexts();
    return Object.fromEntries(names.map((name, column) => [name.trim(), texts[column]?.trim()]));
  }

  /** The exception that is open, on a page of its own or beside the list. */
  get exception() {
    return this.page.getByRole('article');
  }

  /** A part of the open page by its heading. */
  panel(title) {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** A named fact of the open exception. */
  async fact(name) {
    const term = this.exception.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) });
    return (await term.locator('xpath=following-sibling::dd').innerText()).trim();
  }

  async sendAgain(reason) {
    await this.exception.getByRole('button', { name: 'Send again' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Send again' });
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}
