import nx from '@nx/eslint-plugin';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import throughline from './tools/lint/index.mjs';

const SPECS = ['**/*.spec.ts', '**/*.spec.tsx', '**/testing/**'];
/** Outside packages that pure domain libraries may use. */
const PURE_ALLOW = ['decimal.js', '@js-temporal/polyfill', 'protobufjs', 'long', 'yaml'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/coverage/**',
      '.nx/**',
      '.throughline/**',
      '.specs/**',
      'apps/console/src/gql/**',
      'libs/ingest/src/otlp/generated/**',
      '**/fixtures/**',
      'e2e/artifacts/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts', '**/*.tsx'] })),
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx, throughline },
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Named exports only: a barrel with * hides what is public.' },
        { selector: 'TSEnumDeclaration', message: 'String unions over enums.' },
        { selector: "Property[key.name='synchronize'][value.value=true]", message: 'Migrations only.' },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      eqeqeq: 'error',
      'no-console': 'error',
      'throughline/file-name': 'error',
      'throughline/constructor-dependencies': 'error',
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          checkDynamicDependenciesExceptions: ['.*'],
          allow: [],
          depConstraints: [
            { sourceTag: 'layer:canonical', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: ['layer:canonical', 'layer:domain'] },
            { sourceTag: 'layer:contract', onlyDependOnLibsWithTags: ['layer:canonical'] },
            { sourceTag: 'layer:platform', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'layer:storage', onlyDependOnLibsWithTags: ['layer:canonical'] },
            { sourceTag: 'layer:scenario', onlyDependOnLibsWithTags: ['layer:canonical', 'layer:domain'] },
            {
              sourceTag: 'layer:app',
              onlyDependOnLibsWithTags: [
                'layer:canonical',
                'layer:domain',
                'layer:contract',
                'layer:platform',
                'layer:storage',
                'layer:scenario',
              ],
            },
            {
              sourceTag: 'layer:tool',
              onlyDependOnLibsWithTags: [
                'layer:canonical',
                'layer:domain',
                'layer:contract',
                'layer:platform',
                'layer:storage',
                'layer:scenario',
                'layer:tool',
              ],
            },
            {
              sourceTag: 'layer:e2e',
              onlyDependOnLibsWithTags: [
                'layer:canonical',
                'layer:domain',
                'layer:scenario',
                'layer:storage',
                'layer:tool',
              ],
            },
            { sourceTag: 'runs:browser', onlyDependOnLibsWithTags: ['runs:browser', 'runs:anywhere'] },
            { sourceTag: 'runs:server', onlyDependOnLibsWithTags: ['runs:server', 'runs:anywhere'] },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/sla/**/*.ts', 'libs/lineage/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?!\\.|node:(crypto|fs|path|url)$|@throughline/(canonical|sla)$|(${PURE_ALLOW.join('|')})$)`,
              message: 'Domain libraries depend on canonical and a short list of pure packages alone.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/{canonical,ingest,lineage,sla}/src/**/*.ts'],
    ignores: SPECS,
    rules: { 'throughline/pure-clock': 'error' },
  },
  {
    files: ['apps/**/*.ts', 'apps/**/*.tsx', 'libs/**/*.ts', 'tools/simulator/**/*.ts'],
    ignores: [...SPECS, '**/config.ts', 'libs/observability/src/register.ts', 'apps/console/vite.config.ts'],
    rules: { 'throughline/environment-once': 'error' },
  },
  {
    files: ['apps/api/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'throughline/module-order': 'error',
      'throughline/resolver-guarded': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'pg', message: 'withTenant() of @throughline/persistence is the only way to a connection.' },
            { name: 'pg-copy-streams', message: 'Use Tx.copyRows.' },
          ],
        },
      ],
    },
  },
  {
    files: ['apps/console/**/*.tsx', 'apps/console/**/*.ts'],
    plugins: { 'jsx-a11y': jsxA11y, 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    rules: {
      ...jsxA11y.flatConfigs.strict.rules,
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  { files: ['**/*.spec.ts', '**/*.spec.tsx', '**/testing/**/*.ts'], rules: { 'max-lines': ['error', { max: 800 }] } },
  {
    files: ['tools/**/*.ts', 'e2e/**/*.ts', 'apps/api/src/{admin,migrate,rebuild,print-schema}.ts'],
    rules: { 'no-console': 'off' },
  },
);
