/** Absolute path of the repository. */
export const workspaceRoot: string;
