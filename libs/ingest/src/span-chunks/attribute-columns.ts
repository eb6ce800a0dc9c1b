import type { Attributes, AttributeValue } from '../otlp/span-record.js';
import type { SectionWriter, Sections } from './chunk-sections.js';
import { columnReader, encodeColumn, type ColumnReader, type EncodedColumn } from './column.js';

/**
 * The attributes of many spans: one column of values per key, one list of keys (a shape) for all spans that carry the same
 * ones. A span has the next value of each column of its shape.
 */
export type EncodedAttributes = { keys: string[]; columns: EncodedColumn[]; shapes: number[][]; rows: EncodedColumn };

/** The attributes of the span in a row. */
export type AttributesReader = (row: number) => Attributes;

type KeyColumn = { number: number; values: AttributeValue[] };
/** A way through the keys of a span: spans of one shape walk the same nodes without looking anything up. */
type ShapeNode = {
  column: KeyColumn | undefined;
  parent: ShapeNode | undefined;
  shape: number | undefined;
  lastKey: string | undefined;
  lastNode: ShapeNode | undefined;
  next: Map<string, ShapeNode> | undefined;
};

/** Collects the attributes of spans, row by row. */
export class AttributeColumns {
  private readonly columns = new Map<string, KeyColumn>();
  private readonly root = newNode(undefined, undefined);
  private readonly shapes: number[][] = [];
  private readonly rows: number[] = [];

  add(attributes: Attributes): void {
    let node = this.root;
    for (const key in attributes) {
      node = key === node.lastKey && node.lastNode !== undefined ? node.lastNode : this.follow(node, key);
      node.column?.values.push(attributes[key]!);
    }
    node.shape ??= this.shapes.push(keysOf(node)) - 1;
    this.rows.push(node.shape);
  }

  encode(sections: Sections<SectionWriter>): EncodedAttributes {
    return {
      keys: [...this.columns.keys()],
      columns: [...this.columns.values()].map((column) => encodeColumn(column.values, sections)),
      shapes: this.shapes,
      rows: encodeColumn(this.rows, sections),
    };
  }

  private follow(node: ShapeNode, key: string): ShapeNode {
    node.next ??= new Map();
    let found = node.next.get(key);
    if (found === undefined) {
      let column = this.columns.get(key);
      if (column === undefined) this.columns.set(key, (column = { number: this.columns.size, values: [] }));
      node.next.set(key, (found = newNode(column, node)));
    }
    node.lastKey = key;
    node.lastNode = found;
    return found;
  }
}

/** Reads what AttributeColumns wrote of so many rows. */
export function attributesReader(
  encoded: EncodedAttributes,
  rowCount: number,
  sections: Sections<Buffer>,
): AttributesReader {
  const readers: ColumnReader[] = encoded.columns.map((column) => columnReader(column, sections));
  const shapeOf = columnReader(encoded.rows, sections);
  const shapes = encoded.shapes.map((columns) => ({ columns }));
  // Where each row finds its values: columns hold values only for the rows that have the key.
  const positions: Uint32Array[] = new Array<Uint32Array>(rowCount);
  const filled = new Uint32Array(readers.length);
  for (let row = 0; row < rowCount; row += 1) {
    const columns = shapes[Number(shapeOf(row))]?.columns ?? [];
    const position = new Uint32Array(columns.length);
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index]!;
      position[index] = filled[column]!;
      filled[column]! += 1;
    }
    positions[row] = position;
  }
  return (row) => {
    const columns = shapes[Number(shapeOf(row))]?.columns ?? [];
    const position = positions[row]!;
    const attributes: Attributes = {};
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index]!;
      setOwn(attributes, encoded.keys[column]!, readers[column]!(position[index]!) as AttributeValue);
    }
    return attributes;
  };
}

/** A key "__proto__" is an attribute like any other. */
function setOwn(attributes: Attributes, key: string, value: AttributeValue): void {
  if (key === '__proto__') {
    Object.defineProperty(attributes, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    attributes[key] = value;
  }
}

function newNode(column: KeyColumn | undefined, parent: ShapeNode | undefined): ShapeNode {
  return { column, parent, shape: undefined, lastKey: undefined, lastNode: undefined, next: undefined };
}

function keysOf(leaf: ShapeNode): number[] {
  const keys: number[] = [];
  for (let node: ShapeNode | undefined = leaf; node?.column !== undefined; node = node.parent)
    keys.push(node.column.number);
  return keys.reverse();
}
