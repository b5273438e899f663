package browser

import (
	"strings"
	"testing"
)

// TestJSONIsWhatTheBrowserAccepts compares the page's own reader, which keeps the digits of numbers, with JSON.parse.
func TestJSONIsWhatTheBrowserAccepts(t *testing.T) {
	_, p := openConsole(t)
	const compare = `import('/console/json.js').then(({ isJSON, format, compact, scan, place }) => {
		let seed = 1;
		const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
		const texts = [
			'', ' ', '1', '-0', '01', '1.', '.5', '1e5', '1E+5', '1e', '-', '"', '"a"', '"\\u00e9"', '"\\u00g9"',
			'"\\x"', '"a\nb"', '"\u007f"', 'true', 'tru', 'nulll', '[]', '[ ]', '[1,]', '[,1]', '[1 2]', '{}',
			'{"a"}', '{"a":}', '{"a":1,}', '{a:1}', '{"a":1 "b":2}', '[1]]', '[[1]', '{"a":[}', '[1}', '\u00a01',
			'{"a":{"b":[1,{"c":null}]}}', '"\\\\"', '"\\"', '1 1', '"a" "b"',
		];
		const base = '{"a": [1, -2.5e3, "x\\ny", true, null, {}], "b": {"c": "\\u0041", "d": []}}';
		const marks = '{}[]:,"\\0123456789.eE+- \n\ttruefalsn\u00e9\u0001';
		for (let i = 0; i < 5000; i++) {
			let text = base;
			for (let j = random(3); j >= 0; j--) {
				const at = random(text.length);
				const mark = marks[random(marks.length)];
				text = [text.slice(0, at) + text.slice(at + 1), text.slice(0, at) + mark + text.slice(at),
					text.slice(0, at) + mark + text.slice(at + 1)][random(3)];
			}
			texts.push(text);
		}
		const wrong = [];
		let accepted = 0;
		for (const text of texts) {
			let value;
			let isValid = true;
			try { value = JSON.stringify(JSON.parse(text)); } catch { isValid = false; }
			accepted += isValid;
			if (isJSON(text) !== isValid) wrong.push(text);
			else if (isValid && JSON.stringify(JSON.parse(format(text))) !== value) wrong.push('format ' + text);
			else if (isValid && JSON.stringify(JSON.parse(compact(text))) !== value) wrong.push('compact ' + text);
			else if (!isValid && format(text) !== text) wrong.push('change ' + text);
		}
		const big = '{"n": 12345678901234567890, "f": 1.10}';
		if (compact(format(big)) !== '{"n":12345678901234567890,"f":1.10}') wrong.push(format(big));
		const deep = '['.repeat(5000) + ']'.repeat(5000);
		if (!isJSON(deep) || format(deep).length > 3e6) wrong.push('deep');
		const at = place('{\n "a": ]', scan('{\n "a": ]').offset);
		if (at.line !== 2 || at.column !== 7) wrong.push(JSON.stringify(at));
		if (accepted < 300 || accepted > 4000) wrong.push('accepted ' + accepted);
		return wrong;
	})`
	if wrong := eval[[]string](p, compare); len(wrong) > 0 {
		t.Errorf("%d texts differ:\n%s", len(wrong), strings.Join(wrong[:min(len(wrong), 10)], "\n"))
	}
}
