/** Of what is closed, so many of each state are counted, the newest; of what is found by a text, a group or a name, so many in all. */
export const MOST_SAMPLED = 5_000;
