import { readFileSync } from 'node:fs';
import type { ObjectType } from '@throughline/canonical';
import { parse } from 'yaml';
import { COMPARISONS, type MasterDataRules, type OwnedAttribute, type SystemOfRecord } from './master-data-rules.js';
import { WorkflowError, WorkflowReader } from './workflow-reader.js';

// Relative to the package, so that it is found from the sources and from the build alike.
const FILE = new URL('../master-data/systems-of-record.yaml', import.meta.url);

/** The declared systems of record, single-valued keys and technical users; throws WorkflowError. Call once at start. */
export function loadMasterDataRules(): MasterDataRules {
  return parseMasterDataRules(readFileSync(FILE, 'utf8'), 'systems-of-record.yaml');
}

/** The rules from the text of their file; `source` names the file in errors. Throws WorkflowError with every problem. */
export function parseMasterDataRules(yaml: string, source: string): MasterDataRules {
  const problems: string[] = [];
  const reader = new WorkflowReader(problems);
  const fields = reader.fields(parse(yaml), 'file', ['systemsOfRecord', 'singleValuedKeys', 'technicalUsers']);
  const rules = {
    systemsOfRecord: perType(fields['systemsOfRecord'], 'systemsOfRecord', reader, (value, place) =>
      readSystems(value, place, reader),
    ),
    singleValuedKeys: perType(
      fields['singleValuedKeys'],
      'singleValuedKeys',
      reader,
      (value, place) => new Set(reader.names(value, place)),
    ),
    technicalUsers: reader
      .list(fields['technicalUsers'] ?? [], 'technicalUsers')
      .map((item, index) => reader.text(item, `technicalUsers[${index}]`)),
  };
  if (problems.length > 0) throw new WorkflowError(source, problems);
  return rules;
}

function perType<T>(
  value: unknown,
  place: string,
  reader: WorkflowReader,
  read: (value: unknown, place: string) => T,
): ReadonlyMap<ObjectType, T> {
  const fields = value === undefined ? {} : reader.fields(value, place, Object.keys(value ?? {}));
  return new Map(
    Object.entries(fields).flatMap(([typeName, stated]) => {
      const type = reader.objectType(typeName, `${place}.${typeName}`);
      return type === undefined ? [] : [[type, read(stated, `${place}.${typeName}`)] as const];
    }),
  );
}

function readSystems(value: unknown, place: string, reader: WorkflowReader): SystemOfRecord[] {
  const systems = reader.list(value, place).map((item, index) => {
    const at = `${place}[${index}]`;
    const fields = reader.fields(item, at, ['group', 'owners', 'steward', 'attributes']);
    const owners = new Set(reader.names(fields['owners'], `${at}.owners`));
    if (owners.size === 0) reader.report(`${at}.owners`, 'must name at least one kind of source system');
    return {
      group: reader.text(fields['group'], `${at}.group`),
      owners,
      steward: reader.text(fields['steward'], `${at}.steward`),
      attributes: reader
        .list(fields['attributes'], `${at}.attributes`)
        .map((attribute, number) => readAttribute(attribute, `${at}.attributes[${number}]`, reader)),
    };
  });
  const names = systems.flatMap(({ attributes }) => attributes.flatMap(({ name, sameAs }) => [name, ...sameAs]));
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index)))
    reader.report(place, `"${name}" is declared twice`);
  return systems;
}

function readAttribute(value: unknown, place: string, reader: WorkflowReader): OwnedAttribute {
  const fields = reader.fields(value, place, ['name', 'sameAs', 'as']);
  return {
    name: reader.text(fields['name'], `${place}.name`),
    sameAs: reader.list(fields['sameAs'], `${place}.sameAs`).map((item) => reader.text(item, `${place}.sameAs`)),
    as: reader.choice(fields['as'], `${place}.as`, COMPARISONS) ?? 'text',
  };
}
