import {
  Kind,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { CodedError } from './coded-error.js';
import { MAX_PAGE } from './connection.js';

/** Levels of fields; the console's deepest document has 8. */
export const MAX_DEPTH = 15;

/** Objects that an operation may make the server load, as counted by `operationCost`. */
export const MAX_COST = 25_000;

/** How long a list without `first` is taken to be. */
const ASSUMED_LIST = 10;

/** Tokens that a document may have, checked while parsing. */
export const MAX_TOKENS = 4_000;

type Measure = { cost: number; depth: number };
type Variables = Readonly<Record<string, unknown>>;

/**
 * Counts the objects of an operation: each object field is one, times the length of the lists it sits in (`first` where
 * there is one). A fragment is measured once however often it is spread, so that nested spreads cannot make measuring slow.
 */
class OperationMeasure {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly measured = new Map<string, Measure>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition);
      }
    }
  }

  ofOperation(operation: OperationDefinitionNode): Measure {
    return this.ofSelections(operation.selectionSet, this.schema.getRootType(operation.operation) ?? undefined);
  }

  private ofSelections(selections: SelectionSetNode, parent: GraphQLNamedType | undefined): Measure {
    const total: Measure = { cost: 0, depth: 0 };
    for (const selection of selections.selections) {
      const part =
        selection.kind === Kind.FIELD
          ? this.ofField(selection, parent)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? this.ofFragment(selection.name.value)
            : this.ofSelections(selection.selectionSet, this.typeNamed(selection.typeCondition?.name.value) ?? parent);
      total.cost += part.cost;
      total.depth = Math.max(total.depth, part.depth);
    }
    return total;
  }

  private ofField(field: FieldNode, parent: GraphQLNamedType | undefined): Measure {
    // introspection has its own gate and a depth of its own
    if (field.name.value.startsWith('__') || field.selectionSet === undefined) {
      return { cost: 0, depth: 1 };
    }
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
    const declared = definition?.type;
    const type = declared === undefined ? undefined : getNamedType(declared);
    const inner = this.ofSelections(field.selectionSet, isCompositeType(type) ? type : undefined);
    return { cost: this.lengthOf(field, definition) * (1 + inner.cost), depth: 1 + inner.depth };
  }

  private ofFragment(name: string): Measure {
    const known = this.measured.get(name);
    if (known !== undefined) {
      return known;
    }
    const fragment = this.fragments.get(name);
    // set first: validation refuses cycles, and measuring must end even without it
    this.measured.set(name, { cost: 0, depth: 0 });
    const measure =
      fragment === undefined
        ? { cost: 0, depth: 0 }
        : this.ofSelections(fragment.selectionSet, this.typeNamed(fragment.typeCondition.name.value));
    this.measured.set(name, measure);
    return measure;
  }

  private lengthOf(field: FieldNode, definition: GraphQLField<unknown, unknown> | undefined): number {
    const declared = definition?.type;
    const first = field.arguments?.find((argument) => argument.name.value === 'first')?.value;
    if (first?.kind === Kind.INT) {
      return bounded(Number(first.value));
    }
    if (first?.kind === Kind.VARIABLE) {
      return bounded(Number(this.variables[first.name.value] ?? MAX_PAGE));
    }
    const isEdges = field.name.value === 'edges';
    const nullable = isNonNullType(declared) ? declared.ofType : declared;
    if (isListType(nullable)) {
      return isEdges ? 1 : ASSUMED_LIST;
    }
    const named = declared === undefined ? undefined : getNamedType(declared);
    // a connection that takes no `first` is a page whose length an outer field has already counted
    const takesFirst = definition?.args.some((argument) => argument.name === 'first') ?? false;
    return isObjectType(named) && named.name.endsWith('Connection') && takesFirst ? 50 : 1;
  }

  private typeNamed(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name);
  }
}

function bounded(length: number): number {
  return Number.isFinite(length) ? Math.min(Math.max(length, 1), MAX_PAGE) : MAX_PAGE;
}

/** Cost and depth of an operation of a valid document. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Measure {
  return new OperationMeasure(schema, document, variables).ofOperation(operation);
}

/** Throws QUERY_TOO_COMPLEX when an operation is deeper or larger than the limits. */
export function enforceQueryLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): void {
  const { cost, depth } = measureOperation(schema, document, operation, variables);
  if (depth > MAX_DEPTH) {
    throw new CodedError(
      'QUERY_TOO_COMPLEX',
      `The operation is ${depth} levels deep; at most ${MAX_DEPTH} are allowed`,
    );
  }
  if (cost > MAX_COST) {
    throw new CodedError(
      'QUERY_TOO_COMPLEX',
      `The operation may load ${cost} objects; at most ${MAX_COST} are allowed. Ask for shorter pages`,
    );
  }
}

/** Whether an operation asks for the schema itself. */
export function usesIntrospection(document: DocumentNode): boolean {
  const asks = (set: SelectionSetNode): boolean =>
    set.selections.some((selection) =>
      selection.kind === Kind.FIELD
        ? selection.name.value === '__schema' || selection.name.value === '__type'
        : selection.kind === Kind.INLINE_FRAGMENT && asks(selection.selectionSet),
    );
  return document.definitions.some((definition) => 'selectionSet' in definition && asks(definition.selectionSet));
}
