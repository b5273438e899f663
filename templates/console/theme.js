// This is no module, so that it runs before the first paint.
document.documentElement.dataset.theme = localStorage.getItem('theme') || 'auto';
