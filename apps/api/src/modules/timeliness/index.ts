export { createOverdueStage } from './overdue-stage.js';
export { TimelinessModule } from './timeliness.module.js';
