/** The key of each act, as buttons show it and the keyboard hears it. */
export const ACT_KEYS = {
  send: 'r',
  correct: 'c',
  undo: 'u',
  assign: 'a',
  mine: 'm',
  move: 'q',
  prioritise: 'p',
  note: 'n',
  start: 't',
  back: 'b',
  wait: 'w',
  resolve: 'e',
  snooze: 's',
  accept: 'o',
  duplicate: 'd',
} as const;
