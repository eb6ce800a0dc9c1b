import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './shared/theme/tokens.css';
import './shared/theme/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { startAppearance } from './shared/theme/appearance.js';

startAppearance();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
