/** The states that a run event may report. */
export const RUN_EVENT_TYPES = ['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'] as const;

/** One of them. */
export type RunEventType = (typeof RUN_EVENT_TYPES)[number];

/** A job or a dataset: unique by namespace and name. */
export type LineageName = { namespace: string; name: string };

/** Facets by name, as received; unknown ones are kept. */
export type LineageFacets = Readonly<Record<string, unknown>>;

/** A dataset of an event with its facets: `facets` of the dataset, `ioFacets` of its use in this run. */
export type LineageDataset = LineageName & { facets: LineageFacets; ioFacets: LineageFacets };

type Common = {
  /** As received. */
  eventTime: string;
  /** Canonical instant of it. */
  occurredAt: string;
  producer: string;
};

/** A checked OpenLineage event. */
export type LineageEvent =
  | (Common & {
      form: 'run';
      /** OTHER when the event names none. */
      eventType: RunEventType;
      /** Null when the event names none. */
      statedType: RunEventType | null;
      /** Lower-case uuid. */
      runId: string;
      runFacets: LineageFacets;
      job: LineageName;
      jobFacets: LineageFacets;
      inputs: LineageDataset[];
      outputs: LineageDataset[];
    })
  | (Common & {
      form: 'job';
      job: LineageName;
      jobFacets: LineageFacets;
      inputs: LineageDataset[];
      outputs: LineageDataset[];
    })
  | (Common & { form: 'dataset'; dataset: LineageDataset });

/** A job as it is designed, without a run. */
export type JobEvent = Extract<LineageEvent, { form: 'job' }>;

/** A dataset by itself. */
export type DatasetEvent = Extract<LineageEvent, { form: 'dataset' }>;

/** The run form of it. */
export type RunEvent = Extract<LineageEvent, { form: 'run' }>;
