import { readdirSync, readFileSync } from 'node:fs';
import { WorkflowError } from '../workflow-reader.js';
import { parseValidationRule } from './read-validation-rule.js';
import type { ValidationRule } from './validation-rule.js';

// Relative to the package, so that it is found from the sources and from the build alike.
const FOLDER = new URL('../../validation-rules/', import.meta.url);

/** A rule that comes with the product, and its text. */
export type ShippedRule = { rule: ValidationRule; definition: string };

/** The rules that come with the product, by name; throws WorkflowError. Call once at start. */
export function loadValidationRules(): ShippedRule[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const definition = readFileSync(new URL(file, FOLDER), 'utf8');
      const rule = parseValidationRule(definition, file);
      if (`${rule.name}.yaml` !== file) throw new WorkflowError(file, [`name: must be the name of the file`]);
      return { rule, definition };
    });
}
