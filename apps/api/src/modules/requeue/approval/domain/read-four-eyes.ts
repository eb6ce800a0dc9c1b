import { isObjectType, parseMoney, toMinorUnits } from '@throughline/canonical';
import { REQUEUE_MODES } from '@throughline/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import { REPORTING_CURRENCY } from '../../../exceptions/index.js';
import { ROLES } from '../../../identity/index.js';
import { LINEAGE_ACTIONS, REQUEUE_ACTIONS, type FourEyesRule } from './four-eyes.js';
import type { ApprovalLimit } from './limits.js';

/** Who approves what, in one definition: rules, limits and how long is waited. */
export type FourEyes = {
  version: number;
  /** A request that nobody decided by then expires, in hours. */
  expiresAfterHours: number;
  /** What was let go in an emergency is to be reviewed by the end of so many business days after it. */
  reviewWithinBusinessDays: number;
  rules: readonly FourEyesRule[];
  limits: readonly ApprovalLimit[];
};

/** Longest definition, in characters. */
const LONGEST = 50_000;

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,79}$/, 'must be in kebab-case, 80 characters at most');

const amount = z.string().transform((text, context) => {
  const money = parseMoney(text, REPORTING_CURRENCY);
  if (money.ok && !money.value.amount.startsWith('-')) return toMinorUnits(money.value);
  context.addIssue({
    code: 'custom',
    message: `must be an amount in ${REPORTING_CURRENCY} as text, such as "1000.00"`,
  });
  return z.NEVER;
});

const words = z.array(z.string().min(1).max(200)).min(1).max(200);

const rule = z.strictObject({
  name: slug,
  title: z.string().min(1).max(200),
  when: z
    .strictObject({
      amountFrom: amount.optional(),
      countFrom: z.number().int().min(1).optional(),
      legalEntities: words.optional(),
      integrations: words.optional(),
      objectTypes: z.array(z.string().refine(isObjectType, 'must be types of object')).min(1).optional(),
      actions: z.array(z.enum(REQUEUE_ACTIONS)).min(1).optional(),
      modes: z.array(z.enum(REQUEUE_MODES)).min(1).optional(),
      activitiesFrom: z.number().int().min(1).optional(),
      closedPeriods: z.literal(true).optional(),
    })
    .refine(
      ({ actions, activitiesFrom, closedPeriods }) =>
        (activitiesFrom === undefined && closedPeriods === undefined) ||
        actions?.every((action) => LINEAGE_ACTIONS.has(action)) === true,
      'activitiesFrom and closedPeriods are of the actions remap and rebuild alone',
    )
    .refine(
      ({ actions, modes }) => modes === undefined || (actions?.every((action) => action === 'resend') ?? true),
      'modes are of the action resend alone',
    )
    .default({}),
  people: z.number().int().min(2).max(4),
  role: z.enum(ROLES).optional(),
  notByTouchers: z.boolean().default(false),
});

const limit = z
  .strictObject({
    role: z.enum(ROLES).optional(),
    person: z.email().max(320).optional(),
    perDay: z.union([z.literal('unlimited'), amount]),
  })
  .refine(
    ({ role, person }) => (role === undefined) !== (person === undefined),
    'names a role or a person, one of them',
  );

const definitionShape = z.strictObject({
  version: z.number().int().min(1),
  expiresAfterHours: z.number().int().min(1).max(720),
  // definitions that were saved before there was one keep their meaning
  reviewWithinBusinessDays: z.number().int().min(1).max(30).default(2),
  rules: z
    .array(rule)
    .max(100)
    .refine((rules) => new Set(rules.map(({ name }) => name)).size === rules.length, 'have names of their own'),
  limits: z.array(limit).max(1_000),
});

export type ReadFourEyes = { ok: true; fourEyes: FourEyes } | { ok: false; problems: string[] };

/** A definition from its YAML, or everything that is wrong with it and where. */
export function readFourEyes(yaml: string): ReadFourEyes {
  if (yaml.length > LONGEST) return { ok: false, problems: [`definition: is longer than ${LONGEST} characters`] };
  let value: unknown;
  try {
    value = parse(yaml, { maxAliasCount: 0 });
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : 'is no YAML'] };
  }
  const read = definitionShape.safeParse(value);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'definition'}: ${message}`);
    return { ok: false, problems };
  }
  const { version, expiresAfterHours, reviewWithinBusinessDays, rules, limits } = read.data;
  return {
    ok: true,
    fourEyes: {
      version,
      expiresAfterHours,
      reviewWithinBusinessDays,
      rules: rules.map(({ name, title, when, people, role, notByTouchers }) => ({
        name,
        title,
        when: {
          fromMinor: when.amountFrom ?? null,
          fromCount: when.countFrom ?? null,
          legalEntities: when.legalEntities ?? null,
          integrations: when.integrations ?? null,
          objectTypes: when.objectTypes ?? null,
          actions: when.actions ?? null,
          ...(when.modes !== undefined && { modes: when.modes }),
          ...(when.activitiesFrom !== undefined && { fromActivities: when.activitiesFrom }),
          ...(when.closedPeriods === true && { closedPeriods: true }),
        },
        people,
        role: role ?? null,
        excludesTouchers: notByTouchers,
      })),
      limits: limits.map(({ role, person, perDay }) => ({
        role: role ?? null,
        email: person?.toLowerCase() ?? null,
        perDayMinor: perDay === 'unlimited' ? null : perDay,
      })),
    },
  };
}
