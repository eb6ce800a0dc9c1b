import { AxeBuilder } from '@axe-core/playwright';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What of WCAG 2.2 AA the open page violates: one line a rule, with how often, where first and why. `only` = these rules
 * alone, for a page whose others were looked at before.
 */
export async function violationsOf(page, only) {
  const builder = new AxeBuilder({ page });
  const { violations } = await (only ? builder.withRules(only) : builder.withTags(STANDARD)).analyze();
  return violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id}, ${String(nodes.length)} times, first at ${first.target.join(' ')}: ${first.failureSummary}`.replace(
      /\s+/g,
      ' ',
    );
  });
}
