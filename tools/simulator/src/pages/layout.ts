import { html, type Html } from './html.js';

const STYLE = `
:root { color-scheme: light dark; --canvas: #f6f7f9; --surface: #ffffff; --line: #dde1e7; --text: #171b22; --muted: #556070;
  --accent: #2a4fd0; --critical: #b4232a; --warning: #8a5300; --good: #1c6b3c; --info: #1d5f9e; --on-accent: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --canvas: #0f1216; --surface: #161a20; --line: #2b323c; --text: #e7eaef;
  --muted: #a3adba; --accent: #8ea6ff; --critical: #ff8a85; --warning: #f0b350; --good: #6fd394; --info: #7cbcf5; --on-accent: #0f1216; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text); font: 13px/1.4 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
a { color: var(--accent); } a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, .scroll:focus-visible {
  outline: 2px solid var(--accent); outline-offset: 2px; }
header { display: flex; gap: 24px; align-items: baseline; padding: 12px 24px; background: var(--surface); border-bottom: 1px solid var(--line); }
header strong { font-size: 15px; } nav { display: flex; gap: 16px; } nav a[aria-current] { color: var(--text); text-decoration: none; font-weight: 600; }
main { max-width: 1120px; margin: 0 auto; padding: 24px; display: grid; gap: 24px; }
h1 { font-size: 24px; margin: 0; } h2 { font-size: 15px; margin: 0 0 12px; } p { margin: 0; } .muted { color: var(--muted); }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 6px; padding: 16px; min-width: 0; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 6px 12px 6px 0; border-top: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--muted); border-top: 0; white-space: nowrap; } .number { text-align: right; }
code { font: 12px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; } .field { display: grid; gap: 4px; } label { font-weight: 600; }
input, select { font: 400 13px/1.4 system-ui, sans-serif; color: inherit; background: var(--canvas); border: 1px solid var(--muted); border-radius: 6px; padding: 6px 8px; min-width: 220px; height: 32px; }
button { font: inherit; font-weight: 600; height: 32px; padding: 0 16px; border: 0; border-radius: 6px; background: var(--accent); color: var(--on-accent); cursor: pointer; }
.note { border-left: 4px solid var(--good); padding: 8px 12px; background: var(--surface); } .note.wrong { border-color: var(--critical); }
.good { color: var(--good); } .critical { color: var(--critical); } .warning { color: var(--warning); } .info { color: var(--info); }
.message { display: grid; gap: 4px; border-top: 1px solid var(--line); padding: 12px 0; } .message:first-of-type { border-top: 0; } .message p { overflow-wrap: anywhere; white-space: pre-line; } .message p > a:only-child { display: inline-block; line-height: 24px; }
`;

const PAGES = [
  { path: '/', title: 'Estate' },
  { path: '/erp', title: 'SAP S/4HANA (simulated)' },
  { path: '/chat', title: 'Chat (simulated)' },
] as const;

/** A whole page in the look of the console, without a script. */
export function page(path: (typeof PAGES)[number]['path'], title: string, content: Html): string {
  const links = PAGES.map((link) =>
    link.path === path
      ? html`<a href="${link.path}" aria-current="page">${link.title}</a>`
      : html`<a href="${link.path}">${link.title}</a>`,
  );
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · simulated estate</title>
        <style>
          ${{ markup: STYLE }}
        </style>
      </head>
      <body>
        <header>
          <strong>Nordhafen, simulated estate</strong>
          <nav aria-label="Systems">${links}</nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `;
  return body.markup;
}

/** An instant (epoch milliseconds) as people read it, in UTC. */
export function time(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}
