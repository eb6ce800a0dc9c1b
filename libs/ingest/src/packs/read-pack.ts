import { parse } from 'yaml';
import { z } from 'zod';
import { PackError, PAYLOAD_FORMATS, type MappingPack } from './mapping-pack.js';

const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be words in lower case joined by "-"');
const expression = z.string().trim().min(1).max(20_000);
const ALWAYS = 'true';
const WHOLE_RECORD = '$';
const takes = {
  name: slug,
  types: z.array(z.string().min(1).max(250)).default([]),
  when: expression.default(ALWAYS),
};
const rule = z.union([
  z.strictObject({ ...takes, activities: expression }),
  z.strictObject({ ...takes, ignore: z.string().min(1).max(500) }),
]);
const definitionName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'must be a name such as "partner"');
const pointer = z.string().regex(/^(?:\/[^/]+)+$/, 'must be a JSON pointer such as "/d/results"');
const pack = z.strictObject({
  name: slug,
  version: z.int().min(1).max(1_000_000),
  title: z.string().min(1).max(200),
  sourceKinds: z.array(slug).default([]),
  eventTypes: z.array(z.string().min(1)).default([]),
  format: z.enum(PAYLOAD_FORMATS).default('json'),
  records: z.array(pointer).default([]),
  record: expression.default(WHOLE_RECORD),
  identity: expression,
  type: expression,
  occurredAt: expression,
  definitions: z.record(definitionName, expression).default({}),
  rules: z.array(rule).min(1).max(200),
});

/** Reads a pack from YAML; `source` names it in errors. Throws PackError that names each place and reason. */
export function readPack(yaml: string, source: string): MappingPack {
  let value: unknown;
  try {
    value = parse(yaml);
  } catch (error) {
    throw new PackError(source, [error instanceof Error ? error.message : 'is no YAML']);
  }
  const parsed = pack.safeParse(value);
  if (!parsed.success) {
    throw new PackError(
      source,
      parsed.error.issues.map((issue) => {
        const reason = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
        return `${issue.path.join('.') || 'the pack'}: ${reason}`;
      }),
    );
  }
  const names = parsed.data.rules.map((one) => one.name);
  const repeated = names.filter((name, position) => names.indexOf(name) !== position);
  if (repeated.length > 0) throw new PackError(source, [`rules: the name ${repeated.join(', ')} is used twice`]);
  return parsed.data;
}
