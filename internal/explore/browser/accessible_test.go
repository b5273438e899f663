package browser

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/go-sparta/sparta/internal/explore/history"
)

// violation is a rule of axe that the page breaks.
type violation struct {
	ID, Help, Impact string
	Nodes            []struct {
		HTML           string `json:"html"`
		FailureSummary string `json:"failureSummary"`
	}
}

// isAccessible checks the page as it is with axe: WCAG 2.2, levels A and AA, and axe's best practices.
func (p *tab) isAccessible(state string) {
	p.Helper()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		p.Fatal(err)
	}
	if !eval[bool](p, "typeof axe === 'object'") {
		p.run(chromedp.Evaluate[chromedp.Void](string(axe)))
	}
	const check = `axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], iframes: false,
	}).then((result) => result.violations)`
	violations := eval[[]violation](p, check)
	for _, v := range violations {
		var nodes strings.Builder
		for _, node := range v.Nodes {
			fmt.Fprintf(&nodes, "\n\t%s\n\t%s", node.HTML, strings.ReplaceAll(node.FailureSummary, "\n", "\n\t"))
		}
		p.Errorf("%s: %s (%s, %s)%s", state, v.Help, v.ID, v.Impact, nodes.String())
	}
}

// fits fails the test if the page is wider than the window, or if a button or field is cut off.
func (p *tab) fits(state string) {
	p.Helper()
	if wide := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
		p.Errorf("%s: the page is %d pixels wider than the window", state, wide)
	}
	const cut = `[...document.querySelectorAll('button, input, select, h2')].filter((e) => {
		if (!e.checkVisibility() || e.closest('.functions, .windowed, .hidden')) return false;
		const box = e.getBoundingClientRect();
		return box.left < 0 || box.right > innerWidth || box.width === 0;
	}).map((e) => e.outerHTML)`
	if list := eval[[]string](p, cut); len(list) > 0 {
		p.Errorf("%s: these are cut off: %s", state, strings.Join(list, ", "))
	}
}

// TestEveryLook brings the page into its states at every width and in both themes.
func TestEveryLook(t *testing.T) {
	for _, l := range []look{
		{400, 860, false},
		{400, 860, true},
		{1280, 800, false},
		{1280, 800, true},
		{2000, 1100, false},
	} {
		t.Run(l.String(), func(t *testing.T) {
			s := start(t)
			p := open(t, s.address(), l)
			p.shows("#service", "Shop")
			check := func(state string) {
				t.Helper()
				p.screenshot(state + "-" + l.String())
				p.fits(state)
				p.isAccessible(state)
			}
			check("empty")
			s.traffic(t)
			p.shows("#requests", "POST /orders")
			p.write(`{"id":"A-1","items":[{"sku":"tea","count":2}],"paid":true,"note":null}`)
			p.press("Format")
			p.click("#send")
			p.shows("#verdict", "take succeeded")
			p.shows(".log", "order taken")
			check("answer")
			p.write("{\n  \"a\": oops\n}")
			p.shows("#complaint", "needs quotes")
			check("wrong")
			p.choose("fail")
			p.write("{}")
			p.click("#send")
			p.shows(".failure h3", "boundsError")
			check("error")
			p.press("take")
			p.shows("dialog .marked", "total")
			check("source")
			p.click("#dialog-close")
			p.choose("shop")
			p.click("#send")
			p.shows("#verdict", "shop succeeded")
			p.press("Preview")
			p.until("document.querySelector('iframe')")
			check("preview")
			p.choose("slow")
			p.sendMany(9, 9)
			p.shows("#run", "4 throttled")
			s.build(history.Failed, 800*time.Millisecond, history.Problem{
				File: "internal/a/rather/long/folder/main.go", Line: 15, Column: 11, Message: "undefined: totl",
				Code: []string{"\t}", "\ttotal := totl(o)", "\treturn store(o, total)"}, First: 14,
			})
			p.shows("#problems .marked", "totl")
			check("problems")
			p.press("?")
			p.shows("dialog", "send the event")
			check("help")
			p.click("#dialog-close")
			p.press("Picture")
			p.until("document.querySelector('dialog svg a')")
			check("picture")
			p.click("#dialog-close")
			p.choose("take")
			p.press("Load")
			p.shows("dialog", "Other samples")
			check("load")
			p.click("#dialog-close")
			p.press("Command")
			p.shows("dialog", "aws lambda invoke")
			check("command")
			p.click("#dialog-close")
			p.press("Save")
			p.shows("dialog", "Name of the file")
			check("save")
		})
	}
}

func (l look) String() string {
	theme := "light"
	if l.dark {
		theme = "dark"
	}
	return fmt.Sprintf("%d-%s", l.width, theme)
}
