package browser

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/go-sparta/sparta/internal/explore/history"
)

// TestSpeed measures the page. Its figures are in its log: go test -run TestSpeed -v . The benchmarks read the first
// paint there.
func TestSpeed(t *testing.T) {
	s := start(t)
	for range 1000 {
		s.history.Add(history.Entry{Request: &history.Request{Function: "take", State: history.Succeeded}})
	}
	p := open(t, s.address(), look{})
	var paints, loads []float64
	for range 9 {
		p.run(chromedp.Reload())
		p.shows("#service", "Shop")
		p.until("performance.getEntriesByName('first-contentful-paint').length === 1")
		const paint, load = "performance.getEntriesByName('first-contentful-paint')[0].startTime",
			"performance.getEntriesByType('navigation')[0].loadEventEnd"
		paints, loads = append(paints, eval[float64](p, paint)), append(loads, eval[float64](p, load))
	}
	slices.Sort(paints)
	slices.Sort(loads)
	t.Logf("first paint after %.0f ms, loaded after %.0f ms (medians of 9)", paints[4], loads[4])
	p.choose("logs")
	p.click("#send")
	p.shows(".log .head", "10,000 lines")
	const scroll = `(async () => {
		const rows = document.querySelector('.log .windowed');
		const times = [];
		for (let i = 0; i < 120; i++) {
			await new Promise(requestAnimationFrame);
			const began = performance.now();
			rows.scrollTop = (i * 7919 % 10000) * 20;
			rows.dispatchEvent(new Event('scroll'));
			rows.getBoundingClientRect(); // includes layout
			times.push(performance.now() - began);
		}
		times.sort((a, b) => a - b);
		return [times[60], times[113]];
	})()`
	times := eval[[]float64](p, scroll)
	t.Logf("a jump within 10,000 lines takes %.1f ms, p95 %.1f ms", times[0], times[1])
	const filter = `(() => {
		const input = document.querySelector('#log-filter');
		const began = performance.now();
		input.value = 'line 77';
		input.dispatchEvent(new Event('input'));
		input.getBoundingClientRect();
		return performance.now() - began;
	})()`
	t.Logf("filtering 10,000 lines takes %.1f ms", eval[float64](p, filter))
	const edit = `(() => {
		const area = document.querySelector('#text');
		area.value = JSON.stringify(Array.from({ length: 5000 }, (_, i) => ({ id: i, name: 'n' + i })), null, 2);
		area.getBoundingClientRect();
		area.focus();
		area.setSelectionRange(1000, 1000);
		document.execCommand('insertText', false, ' ');
		area.getBoundingClientRect();
		const began = performance.now();
		document.execCommand('insertText', false, ' ');
		area.getBoundingClientRect();
		return [performance.now() - began, area.value.length];
	})()`
	edited := eval[[]float64](p, edit)
	t.Logf("a key in an event of %.0f KB takes %.1f ms", edited[1]/1024, edited[0])
}
