// One Jest for the whole repository: `unit` and `scenario` are pure, `integration` talks to a real PostgreSQL.
const path = require('node:path');

const transform = (jsx) => ({
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      swcrc: false,
      module: { type: 'es6' },
      jsc: {
        target: 'es2022',
        keepClassNames: true,
        parser: { syntax: 'typescript', decorators: true, tsx: jsx },
        transform: {
          legacyDecorator: true,
          decoratorMetadata: true,
          ...(jsx ? { react: { runtime: 'automatic' } } : {}),
        },
      },
    },
  ],
});

const shared = {
  rootDir: __dirname,
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '^@throughline/([a-z-]+)$': path.join(__dirname, 'libs/$1/src/index.ts'),
    '^@throughline/([a-z-]+)/testing$': path.join(__dirname, 'libs/$1/src/testing/index.ts'),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['/dist/', '/.nx/', '/.throughline/'],
  setupFilesAfterEnv: [path.join(__dirname, 'tools/verify/patience.mjs')],
};

/** As `shared`, of what tools/verify/bundle-specs.mjs bundled before: `npm test` runs these, people a single file from its source. */
const bundled = {
  ...shared,
  testEnvironment: 'node',
  transform: {},
  moduleNameMapper: {},
  extensionsToTreatAsEsm: [],
};

const NOT_UNIT = [
  '\\.int\\.spec\\.m?[jt]s$',
  '\\.long\\.spec\\.ts$',
  '/libs/scenarios/',
  '/apps/console/',
  '/node_modules/',
];

module.exports = {
  workerIdleMemoryLimit: '512MB',
  maxWorkers: 2,
  testSequencer: path.join(__dirname, 'tools/verify/slowest-first.cjs'),
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/{libs,apps,tools}/*/src/**/*.spec.ts'],
      testPathIgnorePatterns: NOT_UNIT,
      transform: transform(false),
    },
    {
      ...shared,
      displayName: 'console',
      testEnvironment: 'jest-fixed-jsdom',
      testMatch: ['<rootDir>/apps/console/src/**/*.spec.{ts,tsx}'],
      moduleNameMapper: {
        ...shared.moduleNameMapper,
        '\\.css$': path.join(__dirname, 'apps/console/src/testing/empty-style.ts'),
      },
      transform: transform(true),
    },
    {
      ...shared,
      displayName: 'scenario',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/libs/scenarios/src/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.long\\.spec\\.ts$', '/node_modules/'],
      transform: transform(false),
    },
    {
      ...shared,
      displayName: 'integration',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/{libs,apps,tools}/*/src/**/*.int.spec.ts'],
      globalSetup: path.join(__dirname, 'tools/verify/database-setup.mjs'),
      transform: transform(false),
    },
    {
      ...bundled,
      displayName: 'unit-bundled',
      testMatch: ['<rootDir>/.specs/**/*.spec.mjs'],
      testPathIgnorePatterns: NOT_UNIT,
    },
    {
      ...bundled,
      displayName: 'integration-bundled',
      testMatch: ['<rootDir>/.specs/**/*.int.spec.mjs'],
      globalSetup: path.join(__dirname, 'tools/verify/database-setup.mjs'),
    },
    {
      ...shared,
      displayName: 'long',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/{libs,apps,tools}/*/src/**/*.long.spec.ts'],
      globalSetup: path.join(__dirname, 'tools/verify/database-setup.mjs'),
      transform: transform(false),
    },
  ],
};
