import { afterAll, describe, it } from '@jest/globals';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import throughline from '../index.mjs';

Object.assign(RuleTester, { describe, it, itOnly: it.only, afterAll });

const tester = new RuleTester({ languageOptions: { parser: tseslint.parser as never } });
const file = (name: string) => `${process.cwd()}/${name}`;

tester.run('resolver-guarded', throughline.rules['resolver-guarded'] as never, {
  valid: [
    {
      name: 'a method with a permission',
      code: `class A { @Query(() => B) @RequirePermission('audit.read') log() {} }`,
    },
    {
      name: 'a class with a permission',
      code: `@RequirePermission('audit.read') class A { @Query(() => B) log() {} }`,
    },
    { name: 'a public method', code: `class A { @Mutation(() => B) @Public() signIn() {} }` },
    { name: 'a field resolver', code: `class A { @ResolveField(() => B) owner() {} }` },
  ],
  invalid: [
    { name: 'a query', code: `class A { @Query(() => B) log() {} }`, errors: [{ messageId: 'unguarded' }] },
    {
      name: 'a subscription',
      code: `class A { @Subscription(() => B) changed() {} }`,
      errors: [{ messageId: 'unguarded' }],
    },
  ],
});

tester.run('module-order', throughline.rules['module-order'] as never, {
  valid: [
    {
      name: 'to the left',
      filename: file('apps/api/src/modules/requeue/x.ts'),
      code: `import { a } from '../exceptions/index.js';`,
    },
    {
      name: 'within a module',
      filename: file('apps/api/src/modules/requeue/usecases/x.ts'),
      code: `import { a } from '../domain/y.js';`,
    },
  ],
  invalid: [
    {
      name: 'to the right',
      filename: file('apps/api/src/modules/exceptions/x.ts'),
      code: `import { a } from '../requeue/index.js';`,
      errors: [{ messageId: 'order' }],
    },
    {
      name: 'into the inside',
      filename: file('apps/api/src/modules/requeue/x.ts'),
      code: `import { a } from '../exceptions/domain/life-cycle.js';`,
      errors: [{ messageId: 'inner' }],
    },
  ],
});

tester.run('pure-clock', throughline.rules['pure-clock'] as never, {
  valid: [{ name: 'a date of an argument', code: `const d = new Date(text);` }],
  invalid: [
    { name: 'the clock', code: `const n = Date.now();`, errors: [{ messageId: 'impure' }] },
    { name: 'now as a date', code: `const n = new Date();`, errors: [{ messageId: 'impure' }] },
    { name: 'chance', code: `const n = Math.random();`, errors: [{ messageId: 'impure' }] },
  ],
});

tester.run('environment-once', throughline.rules['environment-once'] as never, {
  valid: [{ name: 'a configuration', code: `const p = config.port;` }],
  invalid: [{ name: 'the environment', code: `const p = process.env.PORT;`, errors: [{ messageId: 'outside' }] }],
});

tester.run('file-name', throughline.rules['file-name'] as never, {
  valid: [
    { name: 'a named file', filename: file('libs/sla/src/business-time.ts'), code: '' },
    { name: 'a spec', filename: file('libs/sla/src/business-time.spec.ts'), code: '' },
  ],
  invalid: [
    {
      name: 'a file that names nothing',
      filename: file('libs/sla/src/utils.ts'),
      code: '',
      errors: [{ messageId: 'vague' }],
    },
    {
      name: 'a folder that names nothing',
      filename: file('libs/sla/src/common/x.ts'),
      code: '',
      errors: [{ messageId: 'vague' }],
    },
    { name: 'camel case', filename: file('libs/sla/src/businessTime.ts'), code: '', errors: [{ messageId: 'case' }] },
  ],
});

tester.run('constructor-dependencies', throughline.rules['constructor-dependencies'] as never, {
  valid: [{ name: 'six', code: `class A { constructor(a, b, c, d, e, f) {} }` }],
  invalid: [
    { name: 'seven', code: `class A { constructor(a, b, c, d, e, f, g) {} }`, errors: [{ messageId: 'many' }] },
  ],
});
