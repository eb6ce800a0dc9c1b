import { readFileSync, readdirSync } from 'node:fs';
import { parseWorkflow } from './load-workflow.js';
import type { Workflow } from './workflow.js';
import { type PlacedProblem, placeProblem } from './workflow-lines.js';
import { WorkflowError } from './workflow-reader.js';

// Relative to the package, so that it is found from the sources and from the build alike.
const WORKFLOW_FOLDER = new URL('../workflows/', import.meta.url);

/** A file that declares no workflow that could be used; the others go on without it. */
export type WrongWorkflow = {
  file: string;
  /** What it is called, by its file where it does not say. */
  workflow: string;
  problems: PlacedProblem[];
};

/** What a folder of files declares. */
export type WorkflowFolder = { workflows: Workflow[]; wrong: WrongWorkflow[] };

/** Every usable workflow of a folder, in the order of its files, and what is wrong with the others. */
export function readWorkflowFolder(folder: URL = WORKFLOW_FOLDER): WorkflowFolder {
  const workflows: Workflow[] = [];
  const wrong: WrongWorkflow[] = [];
  const fileOf = new Map<Workflow, string>();
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  for (const file of files.sort()) {
    const read = readWorkflow(new URL(encodeURIComponent(file), folder), file);
    const problems = 'problems' in read ? read.problems : contradictions(read, workflows, fileOf);
    if ('problems' in read || problems.length > 0) {
      const workflow = 'problems' in read ? file.replace(/\.yaml$/, '') : read.name;
      wrong.push({ file, workflow, problems });
    } else {
      workflows.push(read);
      fileOf.set(read, file);
    }
  }
  return { workflows, wrong };
}

/** Why nothing may be made anew while files are wrong, in words; null = none is: their transactions would not be made again. */
export function rebuildRefusal(wrong: readonly Pick<WrongWorkflow, 'file'>[]): string | null {
  if (wrong.length === 0) return null;
  const files = wrong.map(({ file }) => file).join(', ');
  return `lineage cannot be rebuilt while a workflow file cannot be used, as its transactions would be lost: ${files}`;
}

/** The declared workflows that can be used. Call once at start. */
export function loadWorkflows(): Workflow[] {
  return readWorkflowFolder().workflows;
}

function readWorkflow(url: URL, file: string): Workflow | { problems: PlacedProblem[] } {
  let text: string;
  try {
    text = readFileSync(url, 'utf8');
  } catch (error) {
    return { problems: [{ line: null, reason: `cannot be read: ${error instanceof Error ? error.message : error}` }] };
  }
  try {
    return parseWorkflow(text, file);
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    return { problems: error.problems.map((problem) => placeProblem(text, problem)) };
  }
}

/** What makes a usable workflow contradict those of earlier files. */
function contradictions(
  workflow: Workflow,
  others: readonly Workflow[],
  fileOf: ReadonlyMap<Workflow, string>,
): PlacedProblem[] {
  return others.flatMap((other) => {
    const file = fileOf.get(other) ?? '';
    const differing = [...workflow.displayKeys].filter(([type, preferred]) => {
      const known = other.displayKeys.get(type);
      return known !== undefined && JSON.stringify(known) !== JSON.stringify(preferred);
    });
    return [
      ...(other.name === workflow.name ? [`the name ${workflow.name} is used by ${file} already`] : []),
      ...differing.map(([type]) => `the display keys of ${type} differ from those in ${file}`),
    ].map((reason) => ({ line: null, reason }));
  });
}
