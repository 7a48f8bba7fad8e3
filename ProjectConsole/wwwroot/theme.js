// Loaded blocking in <head>, so that the first paint already has the right theme.
// A file of its own because the content security policy allows no inline script.
(() => {
  const key = 'console-theme';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');

  function stored() {
    // Storage may be switched off by the browser; the system's choice is good enough then.
    try { return localStorage.getItem(key); } catch { return null; }
  }

  function apply() {
    const theme = stored() ?? (system.matches ? 'dark' : 'light');
    if (root.dataset.theme !== theme) {
      root.dataset.theme = theme;
    }
  }

  window.consoleTheme = {
    toggle() {
      const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
      try { localStorage.setItem(key, theme); } catch { /* kept for this page only */ }
      root.dataset.theme = theme;
      return theme;
    }
  };

  apply();
  system.addEventListener('change', apply);
  addEventListener('storage', event => { if (event.key === key) { apply(); } });
  // Enhanced navigation makes <html> equal to the server's, which knows no theme: put it back before the next paint.
  new MutationObserver(() => { if (!root.dataset.theme) { apply(); } })
    .observe(root, { attributes: true, attributeFilter: ['data-theme'] });
})();
