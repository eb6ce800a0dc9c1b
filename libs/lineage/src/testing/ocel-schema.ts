// Checks of an OCEL 2.0 log in JSON, written from the description of the format (https://www.ocel-standard.org/specification/
// formats/json/ and the specification, arXiv 2403.01975, section 7, CC BY 4.0): the published schema file itself has no licence.

const text = { type: 'string', minLength: 1 };
const instant = { type: 'string', format: 'date-time' };
const value = { type: ['string', 'number', 'boolean'] };

const object = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const list = (items: object) => ({ type: 'array', items });

const types = list(
  object({
    name: text,
    attributes: list(object({ name: text, type: { enum: ['string', 'time', 'integer', 'float', 'boolean'] } })),
  }),
);
const relationships = list(object({ objectId: text, qualifier: { type: 'string' } }));

/** JSON Schema of the form. */
export const OCEL_SCHEMA: object = object({
  eventTypes: types,
  objectTypes: types,
  events: list(
    object({
      id: text,
      type: text,
      time: instant,
      attributes: list(object({ name: text, value })),
      relationships: { ...relationships, minItems: 1 },
    }),
  ),
  objects: list(
    object({ id: text, type: text, attributes: list(object({ name: text, value, time: instant })), relationships }, [
      'relationships',
    ]),
  ),
});

type Typed = { id: string; type: string; attributes: { name: string }[]; relationships?: { objectId: string }[] };

/** A parsed log. */
export type OcelJson = {
  eventTypes: { name: string; attributes: { name: string; type: string }[] }[];
  objectTypes: { name: string; attributes: { name: string; type: string }[] }[];
  events: (Typed & { time: string; relationships: { objectId: string; qualifier: string }[] })[];
  objects: (Typed & {
    attributes: { name: string; value: string; time: string }[];
    relationships: { objectId: string; qualifier: string }[];
  })[];
};

/** What a schema cannot say: ids are unique, types and their attributes declared, relationships lead to objects of the log. */
export function ocelFaults({ eventTypes, objectTypes, events, objects }: OcelJson): string[] {
  const known = new Set(objects.map(({ id }) => id));
  const declared = (kinds: OcelJson['eventTypes']) =>
    new Map(kinds.map((kind) => [kind.name, new Set(kind.attributes.map(({ name }) => name))]));
  const faultsOf = (items: readonly Typed[], kinds: ReadonlyMap<string, ReadonlySet<string>>) =>
    items.flatMap(({ id, type, attributes, relationships = [] }) => [
      ...(kinds.has(type) ? [] : [`${id}: the type ${type} is not declared`]),
      ...attributes.flatMap(({ name }) => (kinds.get(type)?.has(name) ? [] : [`${id}: ${name} is not declared`])),
      ...relationships.flatMap(({ objectId }) => (known.has(objectId) ? [] : [`${id}: no object ${objectId}`])),
    ]);
  const ids = [...events, ...objects].map(({ id }) => id);
  return [
    ...faultsOf(events, declared(eventTypes)),
    ...faultsOf(objects, declared(objectTypes)),
    ...(new Set(ids).size === ids.length ? [] : ['an id occurs twice']),
  ];
}
