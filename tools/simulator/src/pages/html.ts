/** Markup that needs no further escaping. */
export type Html = { readonly markup: string };

type Part = Html | string | number | readonly Html[];

/** Tagged template: every inserted text is escaped, markup made by `html` is not. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.reduce((sum, text, position) => sum + text + textOf(parts[position]), '');
  return { markup };
}

export const NOTHING: Html = { markup: '' };

function textOf(part: Part | undefined): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'markup' in part ? part.markup : part.map((one) => one.markup).join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
