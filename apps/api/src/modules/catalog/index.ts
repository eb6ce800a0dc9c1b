export { SecretBox } from './domain/secret-box.js';
export { findIntegrations, type IntegrationRow } from './integration.repository.js';
