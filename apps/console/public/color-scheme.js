// Runs before the first paint, in a file of its own because the content security policy allows no inline script.
(() => {
  let chosen = null;
  try {
    chosen = JSON.parse(window.localStorage.getItem('throughline.colorScheme') ?? 'null');
  } catch {
    chosen = null;
  }
  const isDark = chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
})();
