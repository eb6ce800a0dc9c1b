import { Injectable } from '@nestjs/common';
import { readWorkflowFolder, type Workflow, type WrongWorkflow } from '@throughline/lineage';
import type { Operation } from '../../graphql/operation.js';
import { listLegalEntities } from '../catalog/index.js';
import { workflowClock, type WorkflowClock } from './domain/workflow-clock.js';

/** The declared workflows, and their clock for an operation: one instant for everything that the operation shows. */
@Injectable()
export class WorkflowClocks {
  readonly workflows: readonly Workflow[];
  /** Files that declare none that could be used. */
  readonly wrong: readonly WrongWorkflow[];

  constructor() {
    const { workflows, wrong } = readWorkflowFolder();
    this.workflows = workflows;
    this.wrong = wrong;
  }

  workflow(name: string): Workflow | undefined {
    return this.workflows.find((workflow) => workflow.name === name);
  }

  /** The clock at the operation's time, made once an operation. */
  async of(operation: Operation): Promise<WorkflowClock> {
    const loader = operation.loader<'clock', WorkflowClock>('workflow clock', async (tx, keys) => {
      const clock = workflowClock(this.workflows, await listLegalEntities(tx), operation.now());
      return keys.map(() => clock);
    });
    const clock = await loader.load('clock');
    if (clock === null) {
      throw new Error('the workflow clock is missing');
    }
    return clock;
  }
}
