export { createAlertsConsumer } from './alerts.events.js';
export { AlertsModule } from './alerts.module.js';
export { createNotificationTask, type DelivererDeps } from './usecases/deliver-notification.js';
