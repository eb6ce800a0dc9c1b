import { lazy, Suspense, useMemo } from 'react';
import { useLoad } from '../../shared/graphql/use-load.js';
import { LineageAroundDocument } from '../../shared/lineage/lineage-documents.js';
import { joinGraphs } from '../../shared/lineage/prepare-graph.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed, Loading } from '../../shared/states/states.js';

// The graph brings its own library; pages without one do not load it.
const LineageGraph = lazy(() =>
  import('../../shared/lineage/lineage-graph.js').then((module) => ({ default: module.LineageGraph })),
);

const DEPTH = 6;
const MOST_DRAWN = 40;
const NONE: ReadonlySet<string> = new Set();

/** What an object follows from and what follows from it; nothing where no document hangs together with it. */
export function LineagePanel({ id }: { id: string }) {
  const limits = { objectId: id, depth: DEPTH, maxNodes: MOST_DRAWN };
  const up = useLoad(LineageAroundDocument, { ...limits, direction: 'UPSTREAM' });
  const down = useLoad(LineageAroundDocument, { ...limits, direction: 'DOWNSTREAM' });
  const graph = useMemo(() => {
    if (!up.data || !down.data) return undefined;
    const [upstream, downstream] = [up.data.lineage, down.data.lineage];
    // the object is in both: what goes on from it is drawn
    const parts = [downstream, upstream].map(({ nodes, edges }) => ({
      objects: nodes.map((node) => (node.id === id ? { ...node, furtherCount: 0 } : node)),
      links: edges,
    }));
    return { ...joinGraphs(parts), isTruncated: upstream.isTruncated || downstream.isTruncated };
  }, [id, up.data, down.data]);
  const error = up.error ?? down.error;
  if (graph && graph.objects.length < 2) return null;
  const reload = () => {
    up.reload();
    down.reload();
  };
  return (
    <Panel title="Lineage" isFlush aside={graph?.isTruncated ? 'the nearest documents alone' : undefined}>
      {!graph && error && <Failed what="lineage" error={error} onRetry={reload} />}
      {!graph && !error && <Loading label="lineage" rows={5} />}
      {graph && (
        <Suspense fallback={<Loading label="graph" rows={5} />}>
          <LineageGraph objects={graph.objects} links={graph.links} anchorId={id} stuck={NONE} />
        </Suspense>
      )}
    </Panel>
  );
}
