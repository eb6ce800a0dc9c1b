import '@xyflow/react/dist/base.css';
import { Background, Controls, Handle, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import { useMemo } from 'react';
import { countUpTo, cutMiddle, plainWords } from '../format/words.js';
import { Icon } from '../icons/icon.js';
import { AppLink } from '../navigation.js';
import { MoneyText } from '../page/money-text.js';
import { StatusShape } from '../status/status.js';
import { useColorScheme } from '../theme/appearance.js';
import { objectHref } from '../url.js';
import { attemptedLegend, linkLabel, linkName } from './link-words.js';
import {
  NODE_HEIGHT,
  NODE_WIDTH,
  prepareGraph,
  type GraphLink,
  type GraphObject,
  type PlacedNode,
} from './prepare-graph.js';
import styles from './lineage-graph.module.css';

type LineageGraphProps = {
  objects: readonly GraphObject[];
  links: readonly GraphLink[];
  anchorId: string;
  /** objects with an exception that is not resolved */
  stuck: ReadonlySet<string>;
  /** shows or hides what lies upstream of an object; where nothing can be shown, its number is not offered */
  onUpstream?: (objectId: string) => void;
  /** the object whose upstream is shown */
  expandedId?: string | undefined;
};

type NodeFacts = {
  object: PlacedNode;
  isAnchor: boolean;
  isStuck: boolean;
  isExpanded: boolean;
  onUpstream: ((objectId: string) => void) | undefined;
};
type ObjectNode = Node<NodeFacts, 'object'>;

const NODE_TYPES = { object: ObjectBox };
/** Links of a hub are counted up to here. */
const MOST_COUNTED = 10_000;
/** Links from outside of a transaction are counted up to here. */
const MOST_UPSTREAM = 1_000;
const LEAST_HEIGHT = 180;
const MOST_HEIGHT = 560;

/** Documents, how one follows from another, and what is attached to them. */
export function LineageGraph({ objects, links, anchorId, stuck, onUpstream, expandedId }: LineageGraphProps) {
  const scheme = useColorScheme();
  const graph = useMemo(() => prepareGraph(objects, links), [objects, links]);
  const nodes = useMemo<ObjectNode[]>(
    () =>
      graph.nodes.map((object) => ({
        id: object.id,
        type: 'object',
        position: { x: object.x, y: object.y },
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        data: {
          object,
          isAnchor: object.id === anchorId,
          isStuck: stuck.has(object.id),
          isExpanded: object.id === expandedId,
          onUpstream,
        },
        ariaLabel: `${plainWords(object.type)} ${object.key}`,
      })),
    [graph, anchorId, stuck, onUpstream, expandedId],
  );
  const edges = useMemo<Edge[]>(
    () =>
      graph.links.map((link) => ({
        id: `${link.from}-${link.to}-${link.qualifier}`,
        source: link.from,
        target: link.to,
        ...(link.isContext
          ? { sourceHandle: 'below', targetHandle: 'below', type: 'straight', className: styles['context'] ?? '' }
          : {
              sourceHandle: 'right',
              targetHandle: 'left',
              label: linkLabel(link),
              ...(!link.isEstablished && { className: styles['attempted'] ?? '' }),
            }),
        ariaLabel: linkName(link),
      })),
    [graph],
  );
  const legend = attemptedLegend(graph.links);
  const height = Math.min(Math.max(graph.height + 72, LEAST_HEIGHT), MOST_HEIGHT);
  return (
    <>
      <div className={styles['graph']} style={{ height }}>
        <ReactFlow
          key={nodes.length}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          colorMode={scheme}
          fitView
          fitViewOptions={{ minZoom: 0.7, maxZoom: 1, padding: 0.04 }}
          minZoom={0.2}
          maxZoom={1.4}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          preventScrolling={false}
          zoomOnScroll={false}
          proOptions={{ hideAttribution: true }}
          aria-label="Lineage graph"
        >
          <Background gap={16} size={1} color="var(--line)" />
          <Controls showInteractive={false} orientation="horizontal" position="bottom-right" />
        </ReactFlow>
      </div>
      {legend !== null && <p className={styles['legend']}>{legend}</p>}
    </>
  );
}

function ObjectBox({ data }: NodeProps<ObjectNode>) {
  const { object, isAnchor, isStuck, isExpanded, onUpstream } = data;
  const upstream = object.furtherUpstream ?? 0;
  return (
    <div
      className={styles['node']}
      data-anchor={isAnchor || undefined}
      data-stuck={isStuck || undefined}
      data-hub={object.isHub || undefined}
      data-placeholder={object.isPlaceholder || undefined}
      title={`${plainWords(object.type)} ${object.key}`}
    >
      <Handle
        type="target"
        id="left"
        position={Position.Left}
        className={styles['handle'] ?? ''}
        isConnectable={false}
      />
      <span className={styles['type']}>
        {isStuck && <StatusShape tone="critical" />}
        {object.isHub && <Icon name="hub" size={12} />}
        {plainWords(object.type)}
        {object.gathered > 0 && <span className={styles['gathered']}>{object.gathered} in</span>}
      </span>
      {upstream > 0 && onUpstream && (
        <button
          type="button"
          className={`${styles['upstream']} nopan`}
          aria-expanded={isExpanded}
          title={isExpanded ? 'Hide what lies upstream' : 'Show what it follows from, of other transactions too'}
          onClick={() => onUpstream(object.id)}
        >
          {isExpanded ? '− upstream' : `+${countUpTo(upstream, MOST_UPSTREAM)} upstream`}
        </button>
      )}
      {object.further > 0 && (
        <AppLink
          href={objectHref(object.id)}
          className={`${styles['further']} nopan`}
          title={
            object.isHub ? 'All that it gathers, of other transactions too' : 'What else it leads to or follows from'
          }
        >
          +{countUpTo(object.further, MOST_COUNTED)} more
        </AppLink>
      )}
      <span className={styles['key']}>{cutMiddle(object.key, 18)}</span>
      {object.amount ? (
        <MoneyText money={object.amount} />
      ) : object.isPlaceholder ? (
        <span className="muted">not seen itself yet</span>
      ) : null}
      <Handle
        type="source"
        id="right"
        position={Position.Right}
        className={styles['handle'] ?? ''}
        isConnectable={false}
      />
      <Handle
        type="source"
        id="below"
        position={Position.Top}
        className={styles['handle'] ?? ''}
        isConnectable={false}
      />
      <Handle
        type="target"
        id="below"
        position={Position.Bottom}
        className={styles['handle'] ?? ''}
        isConnectable={false}
      />
    </div>
  );
}
