/** Row shapes of the tables that are used by plain create, read, update, delete. */
export const entities: readonly (new () => object)[] = [];
