import { AxeBuilder } from '@axe-core/playwright';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What of WCAG 2.2 AA the open page violates: one line a rule, with how often, where first and why. */
export async function violationsOf(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(STANDARD).analyze();
  return violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id}, ${String(nodes.length)} times, first at ${first.target.join(' ')}: ${first.failureSummary}`.replace(
      /\s+/g,
      ' ',
    );
  });
}
