/* Runs before the first paint: the stored choice, else the system's, becomes <html data-theme>. */
(() => {
  const media = matchMedia('(prefers-color-scheme: light)');
  const apply = () => {
    let stored = null;
    try {
      stored = localStorage.getItem('interlock.theme');
    } catch {
      stored = null;
    }
    const theme = stored === 'light' || stored === 'dark' ? stored : media.matches ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
  };
  apply();
  media.addEventListener('change', apply);
})();
