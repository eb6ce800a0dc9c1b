const { default: Sequencer } = require('@jest/test-sequencer');

/** Takes a minute or more by itself: run last, it would keep one core busy and the other idle. */
const SLOWEST = [
  'apps/api/src/worker/stories.int.spec',
  'tools/launch/src/embedded/embedded-postgres.int.spec',
  'apps/api/src/modules/lineage/pipeline/random-histories.int.spec',
  'apps/api/src/modules/lineage/pipeline/conflicting-batches.int.spec',
  'apps/api/src/access.int.spec',
  'libs/scenarios/src/stories.spec',
  'libs/scenarios/src/histories/random-histories.spec',
];

/** Jest's order, but what takes longest begins. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const rank = ({ path }) => {
      const at = SLOWEST.findIndex((name) => path.replace(/\.m?[jt]s$/, '').endsWith(name));
      return at < 0 ? SLOWEST.length : at;
    };
    return [...sorted].sort((left, right) => rank(left) - rank(right));
  }
};
