import type { Registry } from 'prom-client';

/** Whether the process can do its work now; problems are sentences for people. */
export type ReadinessReport = { isReady: boolean; problems: string[] };

/** One answer of a probe route. */
export type ProbeAnswer = { status: number; contentType: string; body: string };

/** What the probe routes need to know. */
export type ProbeSources = { readiness(): Promise<ReadinessReport>; metrics: Registry };

/** Answers `/healthz`, `/readyz` and `/metrics`; undefined for any other path. */
export async function answerProbe(path: string, sources: ProbeSources): Promise<ProbeAnswer | undefined> {
  switch (path) {
    case '/healthz':
      return json(200, { status: 'ok' });
    case '/readyz': {
      const report = await sources.readiness();
      return report.isReady
        ? json(200, { status: 'ready' })
        : json(503, { status: 'not ready', problems: report.problems });
    }
    case '/metrics':
      return { status: 200, contentType: sources.metrics.contentType, body: await sources.metrics.metrics() };
    default:
      return undefined;
  }
}

/** Answers from a report at most `maxAgeMs` old: probes must not become load, also while the database is away. */
export function rememberReadiness(
  inspect: () => Promise<ReadinessReport>,
  maxAgeMs = 1_000,
): () => Promise<ReadinessReport> {
  let taken: { at: number; report: Promise<ReadinessReport> } | undefined;
  return () => {
    const now = performance.now();
    if (!taken || now - taken.at > maxAgeMs) taken = { at: now, report: inspect() };
    return taken.report;
  };
}

function json(status: number, body: object): ProbeAnswer {
  return { status, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(body)}\n` };
}
