import { CONTEXT_TYPES, type ObjectType, isObjectType } from '@throughline/canonical';

/** A workflow file says something that cannot be meant; every problem has its place in the file. */
export class WorkflowError extends Error {
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(`${source} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads parsed YAML field by field, collecting what is wrong and where, so that an author sees everything at once. */
export class WorkflowReader {
  constructor(private readonly problems: string[]) {}

  report(place: string, problem: string): void {
    this.problems.push(`${place}: ${problem}`);
  }

  /** A mapping without fields that nobody reads: a misspelt field would be ignored in silence. */
  fields(value: unknown, place: string, known: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report(place, 'must be a mapping');
      return {};
    }
    for (const name of Object.keys(value)) {
      if (!known.includes(name)) this.report(place, `has an unknown field "${name}" (known: ${known.join(', ')})`);
    }
    return value as Fields;
  }

  list(value: unknown, place: string): readonly unknown[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.report(place, 'must be a list');
    return [];
  }

  text(value: unknown, place: string): string {
    if (typeof value === 'string' && value.trim() !== '') return value;
    this.report(place, 'must be a text');
    return '';
  }

  name(value: unknown, place: string): string {
    const text = this.text(value, place);
    if (text !== '' && !/^[a-z][a-z0-9-]*$/.test(text)) this.report(place, `"${text}" must be in kebab-case`);
    return text;
  }

  names(value: unknown, place: string): string[] {
    return this.list(value, place).map((item, index) => this.name(item, `${place}[${index}]`));
  }

  flag(value: unknown, place: string, unstated: boolean): boolean {
    if (value === undefined || typeof value === 'boolean') return value ?? unstated;
    this.report(place, 'must be true or false');
    return unstated;
  }

  wholeNumber(value: unknown, place: string, least: number): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
    this.report(place, `must be a whole number from ${least}`);
    return least;
  }

  /** Object types and activity types, any of which makes the condition hold. */
  conditions(value: unknown, place: string): ReadonlySet<string> {
    const conditions = this.list(value, place).map((item, index) => this.text(item, `${place}[${index}]`));
    for (const condition of conditions) {
      if (isObjectType(condition) || isActivityType(condition)) continue;
      this.report(place, `"${condition}" is neither an object type nor an activity type`);
    }
    if (value !== undefined && conditions.length === 0) this.report(place, 'must name at least one type');
    return new Set(conditions);
  }

  objectType(value: unknown, place: string): ObjectType | undefined {
    const text = this.text(value, place);
    if (isObjectType(text)) return text;
    if (text !== '') this.report(place, `"${text}" is no canonical object type`);
    return undefined;
  }

  choice<T extends string>(value: unknown, place: string, choices: readonly T[]): T | undefined {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) this.report(place, `must be one of ${choices.join(', ')}`);
    return found;
  }

  /**
   * Activity types of one object type: `<object-type>.<past participle>`. Those of context (control evidence captured, approval
   * granted) may happen to any object that the activity names as its subject beside the context.
   */
  activityTypes(value: unknown, place: string, on: ObjectType | undefined): ReadonlySet<string> {
    const types = this.list(value, place).map((item, index) => this.text(item, `${place}[${index}]`));
    for (const type of types) {
      const [prefix = ''] = type.split('.');
      if (!isActivityType(type)) {
        this.report(place, `"${type}" is no activity type (<object type>.<past participle>)`);
      } else if (on !== undefined && prefix !== on && !CONTEXT_TYPES.has(prefix)) {
        this.report(place, `"${type}" happens to ${prefix}, not to ${on}`);
      }
    }
    return new Set(types);
  }
}

function isActivityType(text: string): boolean {
  const [prefix = '', participle = '', ...more] = text.split('.');
  return more.length === 0 && isObjectType(prefix) && /^[a-z][a-z0-9-]*$/.test(participle);
}
