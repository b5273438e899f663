package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// chromium is the browser of all tests. Each test has a context of its own, with its own cookies and storage.
var chromium struct {
	once   sync.Once
	ctx    context.Context
	cancel context.CancelFunc
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chromium.cancel != nil {
		chromium.cancel()
	}
	os.Exit(code)
}

func launch() {
	path, err := testrequire.Chromium()
	if err != nil {
		chromium.err = err
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox,
		// A site whose name resolves to this machine.
		chromedp.Flag("host-resolver-rules", "MAP "+evil+" 127.0.0.1"))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancelBrowser := chromedp.NewContext(allocator)
	chromium.ctx = ctx
	chromium.cancel = func() {
		cancelBrowser()
		cancel()
	}
	_, chromium.err = chromedp.Call(ctx, runtime.Enable, cdp.Empty{}) // starts it
}

// evil is the name of a site of somebody else.
const evil = "evil.example"

// tab is a page in the browser.
type tab struct {
	testing.TB
	ctx context.Context

	mu         sync.Mutex
	complaints []string // errors of scripts, and what the browser says about the page
}

// look is how a page is shown.
type look struct {
	width, height int64
	dark          bool
}

// patience limits a test's wait for what must happen. It is not a measure of speed.
const patience = 30 * time.Second

// open opens an address. The test fails at its end if the browser has complained about the page.
func open(t testing.TB, address string, l look) *tab {
	t.Helper()
	testrequire.Need(t, "chromium")
	if chromium.once.Do(launch); chromium.err != nil {
		t.Fatal(chromium.err)
	}
	ctx, cancel := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	return newTab(t, ctx, address, l)
}

// sibling opens another page in the same browser, with the same cookies.
func (p *tab) sibling(address string) *tab {
	p.Helper()
	ctx, cancel := chromedp.NewContext(p.ctx)
	p.Cleanup(cancel)
	return newTab(p, ctx, address, look{})
}

func newTab(t testing.TB, ctx context.Context, address string, l look) *tab {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 10*patience)
	t.Cleanup(cancel)
	p := &tab{TB: t, ctx: ctx}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			p.complain(e.ExceptionDetails.Text + " " + e.ExceptionDetails.Exception.Description)
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError || e.Entry.Source == log.EntrySourceSecurity {
				p.complain(e.Entry.Text + " " + e.Entry.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if l.width == 0 {
		l.width, l.height = 1280, 800
	}
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	_, err = chromedp.Call(ctx, log.Enable, cdp.Empty{})
	if err == nil {
		_, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
			},
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	p.run(chromedp.EmulateViewport(l.width, l.height), chromedp.Navigate(address))
	return p
}

func (p *tab) complain(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.complaints = append(p.complaints, text)
}

// forgive forgets complaints that contain all of these texts.
func (p *tab) forgive(texts ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.complaints = slices.DeleteFunc(p.complaints, func(complaint string) bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(complaint, text) })
	})
}

// isSilent fails the test if the browser has complained.
func (p *tab) isSilent() {
	p.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.complaints) > 0 {
		p.Errorf("the browser complains:\n%s", strings.Join(p.complaints, "\n"))
	}
}

func (p *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// eval returns the value of an expression, which may be a promise.
func eval[T any](p *tab, expression string) T {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits until an expression is true. The page's policy forbids the driver to do that within the page.
func (p *tab) until(expression string) {
	p.Helper()
	began := time.Now()
	for !eval[bool](p, "Boolean("+expression+")") {
		if time.Since(began) > patience {
			p.screenshot("failed")
			p.Fatalf("waited for %s; the page says:\n%s", expression, eval[string](p, "document.body.innerText"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// shows waits until an element's text contains a text.
func (p *tab) shows(selector, text string) {
	p.Helper()
	p.until(fmt.Sprintf("document.querySelector(%s)?.textContent.includes(%s)", quote(selector), quote(text)))
}

// click presses an element as a user does: it must be visible and not covered.
func (p *tab) click(selector string) {
	p.Helper()
	p.until(fmt.Sprintf("document.querySelector(%s)?.checkVisibility()", quote(selector)))
	p.run(chromedp.Click(chromedp.CSS(selector)))
}

// press presses the last visible button whose text begins so.
func (p *tab) press(text string) {
	p.Helper()
	const find = "[...document.querySelectorAll('button')].filter((b) => b.checkVisibility() && " +
		"b.textContent.trim().startsWith(%s)).at(-1)"
	p.until(fmt.Sprintf(find, quote(text)))
	eval[bool](p, fmt.Sprintf(find+".click(), true", quote(text)))
}

// write replaces the text of the editor.
func (p *tab) write(event string) {
	p.Helper()
	p.run(chromedp.Focus(chromedp.CSS("#text")))
	const insert = "document.querySelector('#text').select() || document.execCommand('insertText', false, %s)"
	eval[bool](p, fmt.Sprintf(insert, quote(event)))
}

// screenshot writes a picture of the page into the folder that SPARTA_SCREENSHOTS names.
func (p *tab) screenshot(name string) {
	p.Helper()
	dir := os.Getenv("SPARTA_SCREENSHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644); err != nil {
		p.Fatal(err)
	}
}

func quote(text string) string {
	quoted, _ := json.Marshal(text) // never fails
	return string(quoted)
}
