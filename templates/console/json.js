// JSON as text: numbers keep all their digits, and keys their order, which they would lose in JSON.parse.

const parts = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d[\d.eE+-]*|[a-zA-Z]+|[{}[\],:]|[ \t\n\r]+/y;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const special = /[\\\u0000-\u001f]/;
const specials = /[\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}|)/g;

// badPart returns the first part of a quoted text that is not allowed in it, or undefined.
function badPart(text) {
  if (!special.test(text)) return undefined;
  return [...text.matchAll(specials)].find(([part]) => part.length === 1); // a control character, or only a backslash
}

// scan calls visit(kind, text, offset, depth) for each part of a JSON text. The kinds are key, string, number, word,
// mark and space. It returns the first error as {offset, message}, or null. What follows an error is not visited.
export function scan(text, visit = () => {}) {
  const open = []; // the closing marks of what is open
  let expected = 'value';
  let offset = 0;
  const after = () => {
    expected = open.length === 0 ? 'end' : 'comma';
  };
  const complain = (message) => ({ offset, message });
  while (offset < text.length) {
    parts.lastIndex = offset;
    const part = parts.exec(text)?.[0];
    if (part === undefined) {
      return complain(text[offset] === '"' ? 'the text has no closing quote' : `${quoted(text[offset])} is not JSON`);
    }
    const first = part[0];
    if (' \t\n\r'.includes(first)) {
      visit('space', part, offset, open.length);
      offset += part.length;
      continue;
    }
    let kind = 'mark';
    if (expected === 'end') return complain('the document has ended, but more follows');
    if (first === '"') {
      const bad = badPart(part);
      if (bad) {
        offset += bad.index;
        return complain(
          bad[0] === '\\'
            ? 'this escape is not one of JSON'
            : 'a text cannot contain line breaks or control characters',
        );
      }
      if (expected === 'key' || expected === 'key or }') {
        kind = 'key';
        expected = 'colon';
      } else if (expected.startsWith('value')) {
        kind = 'string';
        after();
      } else return complain(wanted(expected, open));
    } else if (/[-\da-zA-Z]/.test(first)) {
      const isNumber = /[-\d]/.test(first);
      kind = isNumber ? 'number' : 'word';
      if (!expected.startsWith('value')) return complain(wanted(expected, open));
      if (isNumber ? !number.test(part) : !['true', 'false', 'null'].includes(part)) {
        return complain(isNumber ? `${part} is not a number of JSON` : `${part} needs quotes`);
      }
      after();
    } else if (first === '{' || first === '[') {
      if (!expected.startsWith('value')) return complain(wanted(expected, open));
      open.push(first === '{' ? '}' : ']');
      expected = first === '{' ? 'key or }' : 'value or ]';
    } else if (first === '}' || first === ']') {
      if (open.at(-1) !== first || !(expected === 'comma' || expected.endsWith(first))) {
        return complain(wanted(expected, open));
      }
      open.pop();
      after();
    } else if (first === ':') {
      if (expected !== 'colon') return complain(wanted(expected, open));
      expected = 'value';
    } else {
      if (expected !== 'comma') return complain(wanted(expected, open));
      expected = open.at(-1) === '}' ? 'key' : 'value';
    }
    visit(kind, part, offset, open.length);
    offset += part.length;
  }
  return expected === 'end' ? null : complain(wanted(expected, open));
}

const quoted = (character) => `“${character}”`;

// wanted says what is missing.
function wanted(expected, open) {
  switch (expected) {
    case 'comma':
      return `a comma or ${open.at(-1)} is missing`;
    case 'colon':
      return 'a colon is missing after the key';
    case 'key':
      return 'a key in quotes must follow a comma';
    case 'key or }':
      return 'a key in quotes or } is missing';
    case 'value or ]':
      return 'a value or ] is missing';
    default:
      return 'a value is missing';
  }
}

// place returns the line and column of an offset, from 1.
export function place(text, offset) {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

// isJSON reports whether a text is JSON.
export const isJSON = (text) => scan(text) === null;

// format indents JSON by two spaces. It returns other texts as they are.
export function format(text) {
  const out = [];
  let last = '';
  let depth = 0;
  const deepest = 100; // thousands of levels would need a gigabyte of spaces
  const newline = () => out.push(`\n${'  '.repeat(Math.min(depth, deepest))}`);
  const problem = scan(text, (kind, part) => {
    if (kind === 'space') return;
    if (part === '}' || part === ']') {
      depth--;
      if (last !== '{' && last !== '[') newline();
    } else if (last === '{' || last === '[' || last === ',') {
      newline();
    }
    out.push(part);
    if (kind === 'mark' && (part === '{' || part === '[')) depth++;
    if (part === ':' && kind === 'mark') out.push(' ');
    last = kind === 'mark' ? part : 'value';
  });
  return problem ? text : out.join('');
}

// compact removes the spaces between the parts of JSON.
export function compact(text) {
  const out = [];
  const problem = scan(text, (kind, part) => {
    if (kind !== 'space') out.push(part);
  });
  return problem ? text : out.join('');
}

// paint returns nodes for a JSON text, with a class for each kind of part.
export function paint(text) {
  const nodes = document.createDocumentFragment();
  let plain = '';
  let end = 0;
  const flush = () => {
    if (plain) nodes.append(plain);
    plain = '';
  };
  scan(text, (kind, part, offset) => {
    end = offset + part.length;
    if (kind === 'space' || kind === 'mark') {
      plain += part;
      return;
    }
    flush();
    const span = document.createElement('span');
    span.className = `json-${kind}`;
    span.textContent = part;
    nodes.append(span);
  });
  plain += text.slice(end);
  flush();
  return nodes;
}
