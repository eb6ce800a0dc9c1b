const { default: Sequencer } = require('@jest/test-sequencer');

/** Takes a minute or more by itself: run last, it would keep one core busy and the other idle. */
const SLOWEST = [
  'apps/api/src/worker/stories.int.spec.ts',
  'tools/launch/src/embedded/embedded-postgres.int.spec.ts',
  'apps/api/src/modules/lineage/pipeline/random-histories.int.spec.ts',
  'apps/api/src/modules/lineage/pipeline/conflicting-batches.int.spec.ts',
  'apps/api/src/access.int.spec.ts',
  'libs/scenarios/src/stories.spec.ts',
  'libs/scenarios/src/histories/random-histories.spec.ts',
];

/** Jest's order, but what takes longest begins. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const rank = ({ path }) => {
      const at = SLOWEST.findIndex((name) => path.endsWith(name));
      return at < 0 ? SLOWEST.length : at;
    };
    return [...sorted].sort((left, right) => rank(left) - rank(right));
  }
};
