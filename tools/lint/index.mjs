// House rules of Throughline as ESLint rules: a convention that only lives in prose is not followed.
import path from 'node:path';

/** Modules of apps/api in the only order in which they may import: to the left. */
export const MODULE_ORDER = [
  'identity',
  'audit',
  'catalog',
  'signals',
  'lineage',
  'timeliness',
  'reconciliation',
  'exceptions',
  'requeue',
  'alerts',
  'insights',
];

const FORBIDDEN_NAMES = new Set([
  'utils',
  'util',
  'helper',
  'helpers',
  'common',
  'misc',
  'core',
  'manager',
  'data',
  'info',
  'base',
  'v2',
]);

const slashed = (file) => file.split(path.sep).join('/');
const moduleOf = (file) => /apps\/api\/src\/modules\/([^/]+)\//.exec(slashed(file))?.[1] ?? null;

const decoratorNames = (node) =>
  (node.decorators ?? []).map((decorator) => {
    const expression =
      decorator.expression.type === 'CallExpression' ? decorator.expression.callee : decorator.expression;
    return expression.type === 'Identifier' ? expression.name : '';
  });

const resolverGuarded = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unguarded:
        '{{name}} is a GraphQL entry point without a guard: add @RequirePermission(…) or, if everybody may, @Public().',
    },
  },
  create(context) {
    return {
      MethodDefinition(node) {
        const names = decoratorNames(node);
        if (!names.some((name) => ['Query', 'Mutation', 'Subscription'].includes(name))) return;
        const classNames = decoratorNames(node.parent.parent);
        if ([...names, ...classNames].some((name) => name === 'RequirePermission' || name === 'Public')) return;
        context.report({ node, messageId: 'unguarded', data: { name: context.sourceCode.getText(node.key) } });
      },
    };
  },
};

const moduleOrder = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      order:
        'Module {{from}} may not import {{to}}: imports go only to the left in {{order}}. Compose it there or use an event.',
      inner: 'Import module {{to}} through its index.js, not its inside.',
    },
  },
  create(context) {
    const from = moduleOf(context.filename);
    return {
      ImportDeclaration(node) {
        const source = node.source.value;
        if (typeof source !== 'string' || !source.startsWith('.')) return;
        const target = path.resolve(path.dirname(context.filename), source);
        const to = moduleOf(target);
        if (to === null || to === from) return;
        if (from !== null && MODULE_ORDER.indexOf(to) > MODULE_ORDER.indexOf(from)) {
          context.report({ node, messageId: 'order', data: { from, to, order: MODULE_ORDER.join(' < ') } });
        }
        const inside = slashed(target).split(`/modules/${to}/`)[1];
        const isTest = /\.spec\.ts$/.test(context.filename);
        if (!isTest && inside !== 'index.js') context.report({ node, messageId: 'inner', data: { to } });
      },
    };
  },
};

const pureClock = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { impure: '{{what}} in pure code: time and chance are arguments.' },
  },
  create(context) {
    const report = (node, what) => context.report({ node, messageId: 'impure', data: { what } });
    return {
      MemberExpression(node) {
        const text = `${node.object.name ?? ''}.${node.property.name ?? ''}`;
        if (['Date.now', 'Math.random', 'Now.instant', 'process.env'].includes(text)) report(node, text);
      },
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'new Date()');
      },
    };
  },
};

const environmentOnce = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { outside: 'process.env outside the configuration schema (config.ts): parse it once, pass it on.' },
  },
  create(context) {
    return {
      MemberExpression(node) {
        if (node.object.name === 'process' && node.property.name === 'env')
          context.report({ node, messageId: 'outside' });
      },
    };
  },
};

const fileName = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      vague: '"{{name}}" names nothing: name the file after its one main export.',
      case: '"{{name}}" is not kebab-case.',
    },
  },
  create(context) {
    return {
      Program(node) {
        const parts = slashed(path.relative(context.cwd, context.filename)).split('/');
        const file = parts
          .at(-1)
          .replace(
            /\.(spec|int\.spec|long\.spec|resolver|module|repository|type|entity|jobs|events|problems)?\.?[a-z]+$/,
            '',
          );
        if (!/^[a-z0-9.-]+$/.test(parts.at(-1).replace(/^\$/, '')))
          context.report({ node, messageId: 'case', data: { name: parts.at(-1) } });
        for (const name of [...parts.slice(0, -1), file]) {
          if (FORBIDDEN_NAMES.has(name)) context.report({ node, messageId: 'vague', data: { name } });
        }
      },
    };
  },
};

const constructorDependencies = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { many: '{{count}} constructor dependencies; more than 6 means two jobs.' },
  },
  create(context) {
    return {
      'MethodDefinition[kind="constructor"]'(node) {
        const count = node.value.params.length;
        if (count > 6) context.report({ node, messageId: 'many', data: { count: String(count) } });
      },
    };
  },
};

export default {
  meta: { name: 'throughline' },
  rules: {
    'resolver-guarded': resolverGuarded,
    'module-order': moduleOrder,
    'pure-clock': pureClock,
    'environment-once': environmentOnce,
    'file-name': fileName,
    'constructor-dependencies': constructorDependencies,
  },
};
