import type { Workflow } from '@throughline/lineage';
import { maintenanceAt, maintenanceTimes, type MaintenancePlan, type Stretch } from '@throughline/sla';

/** A planned maintenance of a source system or of an integration. */
export type MaintenanceWindow = {
  id: string;
  sourceSystem: string | null;
  integration: string | null;
  reason: string;
  plan: MaintenancePlan;
  plannedByName: string;
  plannedAt: Date;
  endedByName: string | null;
};

/** What windows are matched with: integrations between their systems, and the kinds of systems. */
export type EstateNames = {
  integrations: readonly { name: string; fromSystem: string; toSystem: string }[];
  systemKinds: ReadonlyMap<string, string>;
};

/**
 * What waits: by the integration that it came over, or where there is none the system that told of it; or a milestone; or by the
 * systems whose facts it comes of, where none of them told it.
 */
export type Waiting = { integration: string; hop: string; systems?: readonly string[] };

/** Which windows hold what up. */
export class MaintenanceCover {
  private readonly systemsOf: ReadonlyMap<string, readonly string[]>;

  constructor(
    readonly windows: readonly MaintenanceWindow[],
    private readonly estate: EstateNames,
    private readonly workflows: readonly Workflow[],
  ) {
    this.systemsOf = new Map(
      estate.integrations.map(({ name, fromSystem, toSystem }) => [name, [fromSystem, toSystem]]),
    );
  }

  /** Windows of what something waits for, whenever they are held. */
  windowsOf({ integration, hop, systems }: Waiting): MaintenanceWindow[] {
    if (systems !== undefined) return this.windows.filter((window) => this.isBetween(window, systems));
    const milestone = integration === '' ? this.milestoneOf(hop) : undefined;
    return this.windows.filter((window) =>
      milestone === undefined
        ? this.isOf(window, integration === '' ? hop : integration)
        : this.holdsMilestone(window, milestone.workflow, milestone.name),
    );
  }

  /** The window in which something that waits lies at an instant, and until when; null = none. */
  at(waiting: Waiting, instant: Date): { window: MaintenanceWindow; time: Stretch } | null {
    const held = this.windowsOf(waiting).flatMap((window) => {
      const time = maintenanceAt(window.plan, instant);
      return time === null ? [] : [{ window, time }];
    });
    return held.sort((left, right) => right.time.to - left.time.to)[0] ?? null;
  }

  /** When what something waits for was under maintenance within a span; parts may overlap. */
  timesOf(waiting: Waiting, span: Stretch): (Stretch & { window: MaintenanceWindow })[] {
    return this.windowsOf(waiting).flatMap((window) =>
      maintenanceTimes(window.plan, span).map((time) => ({ ...time, window })),
    );
  }

  /** Milestones, as "workflow/name", that wait for what is under maintenance at an instant, with its window. */
  heldMilestones(instant: Date): Map<string, MaintenanceWindow> {
    const held = this.windows.filter((window) => maintenanceAt(window.plan, instant) !== null);
    return new Map(
      held.flatMap((window) =>
        this.workflows.flatMap((workflow) =>
          workflow.milestones
            .filter(({ name }) => this.holdsMilestone(window, workflow, name))
            .map(({ name }) => [`${workflow.name}/${name}`, window] as const),
        ),
      ),
    );
  }

  private milestoneOf(hop: string): { workflow: Workflow; name: string } | undefined {
    const [workflowName, name, ...more] = hop.split('/');
    const workflow = this.workflows.find((one) => one.name === workflowName);
    return workflow === undefined || name === undefined || more.length > 0 ? undefined : { workflow, name };
  }

  /** It waits for the integrations that prove it and for their systems, and for the kinds of system that alone can reach it. */
  private holdsMilestone(window: MaintenanceWindow, workflow: Workflow, name: string): boolean {
    const proving = [...workflow.provenBy].flatMap(([integration, proves]) => (proves === name ? [integration] : []));
    if (proving.some((integration) => this.isOf(window, integration))) return true;
    const kind = window.sourceSystem === null ? undefined : this.estate.systemKinds.get(window.sourceSystem);
    const bySystems = workflow.milestones.find((milestone) => milestone.name === name)?.bySystems;
    return kind !== undefined && bySystems?.has(kind) === true;
  }

  /** A system is one of them, an integration leads from one of them to another. */
  private isBetween({ sourceSystem, integration }: MaintenanceWindow, systems: readonly string[]): boolean {
    if (integration === null) return sourceSystem !== null && systems.includes(sourceSystem);
    return this.systemsOf.get(integration)?.every((system) => systems.includes(system)) === true;
  }

  private isOf({ sourceSystem, integration }: MaintenanceWindow, name: string): boolean {
    if (integration !== null) return integration === name;
    return sourceSystem === name || this.systemsOf.get(name)?.includes(sourceSystem ?? '') === true;
  }
}
