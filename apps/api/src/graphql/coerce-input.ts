import { coerceInputValue, isInputType, type GraphQLSchema } from 'graphql';
import { CodedError } from './coded-error.js';

/**
 * JSON as an argument of the API's own input type would be read, so that what narrows a list narrows everything made of it.
 * Throws INVALID_INPUT naming the member that cannot be read.
 */
export function coerceInput(schema: GraphQLSchema, typeName: string, value: unknown, argument: string): unknown {
  const type = schema.getType(typeName);
  if (!isInputType(type)) throw new Error(`the schema has no input type ${typeName}`);
  return coerceInputValue(value, type, (path, _value, error) => {
    throw new CodedError('INVALID_INPUT', `${argument}${path.map((part) => `.${part}`).join('')}: ${error.message}`);
  });
}
