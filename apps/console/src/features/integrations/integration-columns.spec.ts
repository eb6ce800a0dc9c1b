import { describe, expect, it } from '@jest/globals';
import { integrationColumns } from './integration-columns.js';

const LEAST_TITLE = 130;

describe('the columns of integrations', () => {
  const shownAt = (width: number) =>
    integrationColumns(new Date('2026-11-30T08:00:00Z')).filter(({ hideBelow = 0 }) => width >= hideBelow);

  it.each([900, 1084, 1250, 1350, 1500, 1724])(
    'lead to how it is sent again at %d, and leave its title room',
    (width) => {
      const shown = shownAt(width);
      expect(shown.map(({ id }) => id)).toContain('requeue');
      expect(shown.reduce((rest, column) => rest - (column.width ?? 0), width)).toBeGreaterThanOrEqual(LEAST_TITLE);
    },
  );
});
