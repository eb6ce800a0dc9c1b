import { decodeAttributes } from './attribute-decoder.js';
import { countField, messageField, textField, type ScalarReaders } from './field-readers.js';
import type { RequestGroup } from './request-group.js';
import { attributeText, type SpanResource, type SpanScope } from './span-record.js';

/** Resource and scope of the items of a group; one object for all of them. */
export type ItemOrigin = { resource: SpanResource; scope: SpanScope; serviceName: string };

/** Decodes what the items of a group have in common. Throws InvalidField. */
export function decodeOrigin(scalars: ScalarReaders, group: RequestGroup): ItemOrigin {
  const resourceGroup = group.resource();
  const scopeGroup = group.scope();
  const resource = messageField(resourceGroup['resource'], 'resource');
  const scope = messageField(scopeGroup['scope'], 'scope');
  const attributes = decodeAttributes(scalars, resource['attributes'], 'resource.attributes');
  return {
    resource: {
      attributes,
      droppedAttributesCount: countField(resource['droppedAttributesCount'], 'resource.droppedAttributesCount'),
      schemaUrl: textField(resourceGroup['schemaUrl'], 'resource schemaUrl'),
    },
    scope: {
      name: textField(scope['name'], 'scope.name'),
      version: textField(scope['version'], 'scope.version'),
      attributes: decodeAttributes(scalars, scope['attributes'], 'scope.attributes'),
      droppedAttributesCount: countField(scope['droppedAttributesCount'], 'scope.droppedAttributesCount'),
      schemaUrl: textField(scopeGroup['schemaUrl'], 'scope schemaUrl'),
    },
    serviceName: attributeText(attributes['service.name']) ?? '',
  };
}
