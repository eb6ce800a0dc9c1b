/** What is open, in the words of its indexes. */
export const IS_OPEN = `not (e.state in ('RESOLVED', 'ACCEPTED', 'DUPLICATE'))`;

/** A sub-select that is looked up row by row while an index is walked: as a join, the walk would end with a sort of everything. */
export const isIn = (column: string, select: string) => `case when ${column} in (${select}) then true end`;

export const isNotIn = (column: string, select: string) => `case when ${column} in (${select}) then null else true end`;
