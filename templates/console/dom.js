// Everything that comes from events, answers and logs is set as text, never as HTML.

// el makes an element. Properties whose names begin with "on" are listeners; other ones are attributes, which null and
// false leave out. Children are elements, texts, null or lists of these.
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byID = (id) => document.getElementById(id);

// fill replaces the children of an element.
export function fill(element, ...children) {
  element.replaceChildren(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

// setText changes a text only if it differs, so that screen readers do not repeat it.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// copy puts a text on the clipboard, and says so on the button that was pressed.
export async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers have it only for pages of this machine and of HTTPS, and may forbid it.
    const area = el('textarea', { class: 'hidden' });
    area.value = text;
    button.after(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    button.focus();
  }
  const before = button.textContent;
  if (before === 'Copied') return;
  button.textContent = 'Copied';
  setTimeout(() => {
    button.textContent = before;
  }, 1200);
}

// isTyping reports whether the keys that are pressed are text.
export function isTyping(target) {
  return target instanceof HTMLElement && Boolean(target.closest('input, textarea, select, [contenteditable]'));
}
