package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/go-sparta/sparta/internal/explore/history"
)

// console opens the page of a new service.
func openConsole(t testing.TB) (*service, *tab) {
	t.Helper()
	s := start(t)
	p := open(t, s.address(), look{})
	p.shows("#service", "Shop")
	return s, p
}

// choose chooses a function.
func (p *tab) choose(function string) {
	p.Helper()
	p.click(fmt.Sprintf("[data-name=%s]", quote(function)))
	p.shows("#event-title", function)
}

// sendKey presses the key that sends the event.
func (p *tab) sendKey() {
	p.Helper()
	p.run(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
}

// sendMany sends the event several times.
func (p *tab) sendMany(times, parallel int) {
	p.Helper()
	p.run(chromedp.SetValue(chromedp.CSS("#times"), strconv.Itoa(times)),
		chromedp.SetValue(chromedp.CSS("#parallel"), strconv.Itoa(parallel)))
	p.click("#send")
}

func TestAnEventIsSentWithTheKeyboard(t *testing.T) {
	s, p := openConsole(t)
	p.run(chromedp.KeyEvent("e"))
	p.until("document.activeElement.id === 'text'")
	p.write(`{"id": 9007199254740993}`)
	p.sendKey()
	p.shows("#answer", `"id": 9007199254740993`)
	p.shows("#answer", "12345678901234567890")
	p.shows("#verdict", "take succeeded in 3.4 ms")
	p.shows(".legend", "Init 182 ms")
	p.shows(".numbers", "Billed4.0 ms")
	p.shows(".numbers", "46 MB of 128 MB")
	p.shows(".log", "order taken")
	p.shows("[data-name=take]", "warm")
	if got := len(s.history.List()); got != 2 {
		t.Errorf("the history has %d entries, want the build and one request", got)
	}
	p.isSilent()
}

func TestNothingOfAnEventOrALogIsHTML(t *testing.T) {
	s, p := openConsole(t)
	s.build(history.Failed, time.Second, history.Problem{
		File: injected, Line: 1, Message: injected, Code: []string{injected}, First: 1,
	})
	p.write(`{"` + "<script>document.title='owned'</script>" + `":"` + "<img src=x onerror=alert(1)>" + `"}`)
	p.sendKey()
	p.shows("#answer", "<script>document.title='owned'</script>")
	p.shows(".log", "<img src=x")
	p.shows("#problems", "<img src=x")
	p.click(".log [role=option]:nth-child(3)")
	p.shows(".whole", "<script>")
	if n := eval[int](p, "document.querySelectorAll('img, main script, [onerror]').length"); n != 0 {
		t.Errorf("the page has %d elements of the function's output", n)
	}
	if title := eval[string](p, "document.title"); title != "✗ Shop" {
		t.Errorf("the title is %q", title)
	}
	p.isSilent()
}

func TestAWrongEventIsNotSent(t *testing.T) {
	s, p := openConsole(t)
	p.write("{\n  \"a\": 1,\n  \"b\": oops\n}")
	p.shows("#complaint", "Line 3, column 8: oops needs quotes.")
	p.screenshot("wrong")
	p.sendKey()
	p.until("document.querySelector('#text').selectionStart === 19")
	if got := len(s.history.List()); got != 1 {
		t.Errorf("the history has %d entries, want only the build", got)
	}
	p.write("{\n  \"a\": 1,\n  \"b\": true\n}")
	p.until("document.querySelector('#complaint').textContent === ''")
	p.isSilent()
}

func TestErrorsShowTheirSource(t *testing.T) {
	_, p := openConsole(t)
	p.choose("fail")
	p.click("#send")
	p.shows(".failure h3", "boundsError")
	p.shows(".failure", "index out of range [3] with length 1")
	if n := eval[int](p, "document.querySelectorAll('.frames button').length"); n != 1 {
		t.Errorf("%d frames can be opened, want only that of the application", n)
	}
	p.screenshot("error")
	p.press("take")
	p.shows("dialog .marked", "total := o.Items[3].Price")
	p.shows("#dialog-title", "main.go:15")
	p.screenshot("source")
	p.run(chromedp.KeyEvent(kb.Escape))
	p.until("!document.querySelector('dialog').open")
	p.isSilent()
}

func TestAnswersOfAnAPIArePreviewed(t *testing.T) {
	_, p := openConsole(t)
	p.choose("shop")
	p.click("#send")
	p.shows("#answer .chip.succeeded", "succeeded")
	p.press("Preview")
	p.until("document.querySelector('iframe')?.getAttribute('sandbox') === ''")
	p.shows(".headers", "Set-Cookie")
	p.until("document.querySelector('iframe').contentDocument === null") // it has another origin
	p.until("performance.getEntriesByType('resource').some((e) => e.name.endsWith('/body') && e.responseEnd > 0)")
	p.screenshot("preview")
	p.write(`{"as":"image"}`)
	p.sendKey()
	p.until("document.querySelector('.panel img')?.naturalWidth === 1")
	p.write(`{"as":"json"}`)
	p.sendKey()
	p.shows(".panel .chip.failed", "404")
	p.shows(".panel", `"error": "no such order"`)
	if title := eval[string](p, "document.title"); title != "Shop" {
		t.Errorf("the title is %q", title)
	}
}

func TestTheLogOfTenThousandLines(t *testing.T) {
	_, p := openConsole(t)
	p.choose("logs")
	p.click("#send")
	p.shows(".log .head", "10,000 lines")
	if rows := eval[int](p, "document.querySelectorAll('.log [role=option]').length"); rows == 0 || rows > 200 {
		t.Errorf("%d rows are in the document", rows)
	}
	p.screenshot("log")
	eval[bool](p, "document.querySelector('.log .windowed').scrollTop = 1e9, true")
	p.shows(".log", "line 9999 of many")
	p.run(chromedp.SendKeys(chromedp.CSS("#log-filter"), "line 77"))
	p.shows(".log .head", "111 of 10,000 lines")
	eval[bool](p, "(() => { const s = document.querySelector('.log select'); s.value = 'error'; "+
		"s.dispatchEvent(new Event('change')); return true; })()")
	p.shows(".log .head", "22 of 10,000 lines")
	p.run(chromedp.Focus(chromedp.CSS(".log .windowed")), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.Enter))
	p.shows(".whole", `"msg": "line 7799 of many"`)
	p.isSilent()
}

func TestNumbersOfALogKeepTheirDigits(t *testing.T) {
	s, p := openConsole(t)
	s.history.Add(history.Entry{Request: &history.Request{
		Function: "take", Source: "lambda", State: history.Succeeded, Log: []history.Line{
			{Text: `{"level":"INFO","msg":"paid","order":12345678901234567890,"of":{"n":1e400},"items":3}`},
		},
	}})
	p.shows("#requests [role=option]", "take")
	p.click("#requests [role=option]")
	p.shows(".log", `order=12345678901234567890 of={"n":1e400} items=3`)
	p.isSilent()
}

// The answer to an earlier question about a request may arrive after that to a later one.
func TestAnOldAnswerDoesNotReplaceANewOne(t *testing.T) {
	s, p := openConsole(t)
	p.choose("slow")
	eval[bool](p, `(() => {
		const real = window.fetch;
		window.fetch = async (...args) => {
			const answer = await real(...args);
			if (window.letGo || !args[0].includes('/requests/')) return answer;
			await new Promise((resolve) => { window.letGo = resolve; });
			return answer;
		};
		return true;
	})()`)
	p.click("#send")
	p.until("window.letGo !== undefined")
	close(s.release)
	p.shows("#answer", "late")
	const wait = `new Promise((resolve) => { window.letGo(); setTimeout(() => resolve(true), 500); })`
	eval[bool](p, wait)
	p.shows("#answer", "late")
	p.isSilent()
}

func TestAnEventIsSentManyTimes(t *testing.T) {
	s, p := openConsole(t)
	p.sendMany(50, 8)
	p.shows("#run", "50 of 50 requests")
	p.shows("#run", "took")
	p.shows("#run", "p95")
	p.screenshot("run")
	if got := len(s.history.List()); got != 51 {
		t.Errorf("the history has %d entries, want 51", got)
	}
	p.press("Hide")
	p.until("document.querySelector('#run').hidden")
	p.isSilent()
}

func TestAThousandRequestsAreCounted(t *testing.T) {
	s, p := openConsole(t)
	p.sendMany(1000, 100)
	for range 200 { // so that not all of them are kept
		if err := s.run(t.Context(), "", "lambda", "", "shop", []byte(`{}`)); err != nil {
			t.Fatal(err)
		}
	}
	p.shows("#run", "1,000 of 1,000 requests")
	if rows := eval[int](p, "document.querySelectorAll('#requests [role=option]').length"); rows > 100 {
		t.Errorf("%d rows are in the document", rows)
	}
	// The page opens the first request, which may be forgotten while it asks.
	p.forgive("404", "/console/api/requests/")
	p.isSilent()
}

func TestThrottledAndStoppedRequests(t *testing.T) {
	s, p := openConsole(t)
	p.choose("slow")
	p.sendMany(9, 9)
	p.shows("#run", "4 throttled")
	p.shows("[data-name=slow]", "running ×5")
	p.shows("#answer", "Running for")
	p.press("First failure")
	p.shows("#answer", "throttled")
	p.press("Stop")
	p.shows("#run", "5 failed")
	p.shows("[data-name=slow]", "4 throttled")
	for _, entry := range s.history.List() {
		if entry.Request != nil && entry.Request.State == history.Running {
			t.Error("a request is still running")
		}
	}
	p.isSilent()
}

func TestARequestIsStopped(t *testing.T) {
	_, p := openConsole(t)
	p.choose("slow")
	p.click("#send")
	p.shows("#answer", "Running for")
	p.press("Stop")
	p.shows("#answer .note", "stopped")
	p.isSilent()
}

func TestARequestThatWasSentBeforeOthersIsStopped(t *testing.T) {
	_, p := openConsole(t)
	p.choose("slow")
	p.click("#send")
	p.shows("[data-name=slow]", "running")
	p.click("#send")
	p.shows("[data-name=slow]", "running ×2")
	p.choose("take")
	p.click("#send")
	p.shows("#verdict", "take succeeded")
	p.click("#requests [role=option]:nth-child(3)") // the first one
	p.shows("#answer", "Running for")
	p.press("Stop")
	p.shows("#answer .note", "stopped")
	p.until("document.querySelector('[data-name=slow]').textContent.includes('running') && " +
		"!document.querySelector('[data-name=slow]').textContent.includes('×2')")
	p.click("#requests [role=option]:nth-child(2)")
	p.shows("#answer", "Running for")
	p.press("Stop")
	p.shows("#answer .note", "stopped")
	p.isSilent()
}

func TestATimeoutIsShown(t *testing.T) {
	_, p := openConsole(t)
	p.choose("train")
	p.click("#send")
	p.shows(".failure", "Task timed out after 3.00 seconds")
	p.shows(".numbers", "Billed3.00 s")
	p.isSilent()
}

func TestRequestsOfOthersAppearAtOnce(t *testing.T) {
	s, p := openConsole(t)
	s.traffic(t)
	p.shows("#requests", "POST /orders")
	p.shows("#requests", "queue orders")
	p.run(chromedp.SendKeys(chromedp.CSS("#requests-filter"), "fail"))
	p.until("document.querySelectorAll('#requests [role=option]').length === 2") // fail and train
	p.click("#requests [role=option]:nth-child(1)")
	p.shows(".failure h3", "boundsError")
	p.press("Edit event")
	p.shows("#event-title", "fail")
	p.until(`document.querySelector('#text').value === '{\n  "id": "A-2"\n}'`)
	before := len(s.history.List())
	p.press("Send again")
	p.until(fmt.Sprintf("document.querySelectorAll('#requests [role=option]').length === %d", 3))
	if after := s.history.List(); len(after) != before+1 || string(after[before].Request.Event) != `{"id":"A-2"}` {
		t.Errorf("the history has %d entries, want one more than %d", len(after), before)
	}
	p.click("#follow")
	if err := s.run(t.Context(), "", "lambda", "", "shop", []byte(`{}`)); err != nil {
		t.Fatal(err)
	}
	p.shows("#answer", "shop")
	p.isSilent()
}

func TestEventsAreSavedAndLoaded(t *testing.T) {
	s, p := openConsole(t)
	file := filepath.Join(s.events, "first.json")
	save := func(event, name string) {
		p.write(event)
		p.click("#save")
		p.run(chromedp.SetValue(chromedp.CSS("#save-name"), name))
		p.press("Save")
	}
	save(`{"n":1}`, "../first")
	p.shows("#save-problem", "cannot be the name of an event")
	p.run(chromedp.SetValue(chromedp.CSS("#save-name"), "first.json"))
	p.press("Save")
	p.shows("#complaint", "Saved as events/first.json.")
	contains := func(want string) {
		t.Helper()
		if content, err := os.ReadFile(file); err != nil || string(content) != want {
			t.Errorf("the file contains %q, %v; want %q", content, err, want)
		}
	}
	contains("{\"n\":1}\n")
	save(`{"n":2}`, "first")
	p.shows("#save-problem", "events/first.json exists already")
	p.screenshot("save")
	contains("{\"n\":1}\n")
	p.press("Replace it")
	p.until("!document.querySelector('dialog').open")
	contains("{\"n\":2}\n")

	p.choose("shop")
	p.click("#load")
	p.until("document.querySelector('dialog').open")
	p.shows("dialog", "Saved in events/")
	p.screenshot("load")
	p.press("first")
	p.until(`document.querySelector('#text').value === '{"n":2}\n'`)
	p.click("#load")
	p.until("document.querySelector('dialog').open")
	p.shows("dialog", "Other samples")
	p.run(chromedp.SendKeys(chromedp.CSS("dialog input"), "sns"), chromedp.KeyEvent(kb.Enter))
	p.until(`document.querySelector('#text').value.includes('"source": "sns"')`)
	p.until("document.activeElement.id === 'text'")
}

func TestMessagesFilesAndTimesBecomeEvents(t *testing.T) {
	_, p := openConsole(t)
	p.click("#load")
	p.until("document.querySelector('dialog').open")
	p.screenshot("trigger")
	p.run(chromedp.SendKeys(chromedp.CSS("[aria-label='Message for sqs']"), "two cups <b>"+kb.Enter))
	p.until(`document.querySelector('#text').value.includes('"body": "two cups <b>"')`)
	p.click("#load")
	p.until("document.querySelector('dialog').open")
	file := filepath.Join(t.TempDir(), "order 1.json")
	if err := os.WriteFile(file, []byte("hello"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.run(chromedp.SetUploadFiles(chromedp.CSS("[aria-label='File for s3']"), []string{file}))
	p.press("Make event")
	p.until(`document.querySelector('#text').value.includes('"key": "order+1.json"')`)
	p.until(`document.querySelector('#text').value.includes('"eTag": "5d41402abc4b2a76b9719d911017c592"')`)
	p.click("#load")
	p.until("document.querySelector('dialog').open")
	p.press("Fire now")
	p.until(`document.querySelector('#text').value.includes('"time": "2')`)
	drop := `(() => {
		const data = new DataTransfer();
		data.items.add(new File(['%s'], 'x y.txt'));
		document.querySelector('#text').dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
		return true;
	})()`
	eval[bool](p, fmt.Sprintf(drop, "hello"))
	p.until(`document.querySelector('#text').value.includes('"key": "x+y.txt"')`)
	p.choose("shop")
	eval[bool](p, fmt.Sprintf(drop, `{"dropped":1}`))
	p.until(`document.querySelector('#text').value === '{"dropped":1}'`)
	eval[bool](p, strings.ReplaceAll(drop, "'%s'", "'x'.repeat(7 << 20)"))
	p.shows("dialog", "x y.txt has 7.0 MB: an event can have 6.0 MB.")
	p.isSilent()
}

func TestAFunctionBeginsWithTheSampleOfItsSource(t *testing.T) {
	_, p := openConsole(t)
	p.until(`document.querySelector('#text').value.includes('"source": "sqs"')`)
	p.choose("shop")
	p.until(`document.querySelector('#text').value.includes('"source": "apigateway"')`)
	p.write(`{"draft":1}`)
	p.choose("take")
	p.choose("shop")
	p.until(`document.querySelector('#text').value === '{"draft":1}'`)
	p.until("location.hash.includes('shop')")
	p.run(chromedp.Reload())
	p.until(`document.querySelector('#text').value === '{"draft":1}'`)
	p.shows("#event-title", "shop")
	p.isSilent()
}

// The event that sparta new makes is that of the only function.
func TestAFunctionBeginsWithItsSavedEvent(t *testing.T) {
	for name, test := range map[string]struct {
		single bool
		file   string
		want   string
	}{
		"of its name":                 {false, "take", `"saved"`},
		"of the application":          {true, "example", `"saved"`},
		"of one of several functions": {false, "example", `"source": "sqs"`},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			s.single = test.single
			path := filepath.Join(s.events, test.file+".json")
			if err := os.MkdirAll(s.events, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(`{"is":"saved"}`), 0o600); err != nil {
				t.Fatal(err)
			}
			p := open(t, s.address(), look{})
			p.until(event + ".includes(" + quote(test.want) + ")")
			p.isSilent()
		})
	}
}

func TestAFunctionWithoutSourcesBeginsWithARequest(t *testing.T) {
	_, p := openConsole(t)
	p.choose("train")
	p.until(event + `.includes('"routeKey": "function URL"')`)
	p.choose("take")
	p.click("#load")
	p.shows("dialog", "Requests to the function’s routes")
	p.press("POST /orders")
	p.until(event + `.includes('"routeKey": "POST /orders"')`)
	p.until("document.activeElement.id === 'text'")
	p.isSilent()
}

func TestBuildsAreShown(t *testing.T) {
	s, p := openConsole(t)
	p.shows("#build", "Built in 1.24 s")
	s.build(history.Running, 0)
	p.shows("#build", "Building…")
	s.build(history.Failed, 800*time.Millisecond, history.Problem{
		File: "main.go", Line: 15, Column: 11, Message: "undefined: totl",
		Code: []string{"\t}", "\ttotal := totl(o)", "\treturn store(o, total)"}, First: 14,
	}, history.Problem{
		File: "main.go", Line: 15, Column: 18, Message: "not enough arguments",
		Code: []string{"\t}", "\ttotal := totl(o)", "\treturn store(o, total)"}, First: 14,
	})
	p.shows("#build", "Build failed: 2 problems")
	if n := eval[int](p, "document.querySelectorAll('#problems .code').length"); n != 1 {
		t.Errorf("the line of both problems is shown %d times", n)
	}
	p.shows("#problems .marked", "total := totl(o)")
	p.shows("#problems", "main.go:15:11")
	p.shows("#problems", "The last good build continues to serve.")
	p.screenshot("problems")
	p.until("document.title === '✗ Shop'")
	s.build(history.Succeeded, time.Second)
	p.until("document.querySelector('#problems').hidden")
	p.until("document.title === 'Shop'")
	p.click("#requests [role=option]:nth-child(2)")
	p.shows("#answer .problem-list", "undefined: totl")
	p.isSilent()
}

func TestThePageWaitsForTheFirstBuild(t *testing.T) {
	s := start(t)
	s.unbuilt = true
	p := open(t, s.address(), look{})
	p.shows("#functions", "after the first build")
	s.build(history.Failed, time.Second, history.Problem{Message: "undefined: totl"})
	p.shows("#problems", "undefined: totl")
	if eval[bool](p, "document.querySelector('#problems').textContent.includes('good build')") {
		t.Error("the page says that a good build serves")
	}
	s.build(history.Succeeded, time.Second)
	p.until("document.querySelector('#problems').hidden")
	p.write("{}")
	p.sendKey()
	p.shows("#complaint", "There is no function yet.")
	p.isAccessible("unbuilt")
	s.mu.Lock()
	s.unbuilt = false
	s.mu.Unlock()
	p.shows("#event-title", "take")
	p.sendKey()
	p.shows("#answer", "taken")
	p.isSilent()
}

func TestCommandsAreShownAndCopied(t *testing.T) {
	s, p := openConsole(t)
	p.write(`{"name": "Ada's"}`)
	p.press("Command")
	p.shows("dialog pre", `--payload '{"name":"Ada'\''s"}'`)
	p.shows("dialog", "curl -s "+s.server.URL+"/2015-03-31/functions/take/invocations")
	p.shows("dialog", "POST /orders")
	p.press("Copy")
	p.shows("dialog", "Copied")
	p.isSilent()
}

func TestTheThemeIsKept(t *testing.T) {
	_, p := openConsole(t)
	background := "getComputedStyle(document.body).backgroundColor"
	if got := eval[string](p, background); got != "rgb(246, 247, 249)" {
		t.Errorf("the background is %s", got)
	}
	eval[bool](p, "(() => { const s = document.querySelector('#theme'); s.value = 'dark'; "+
		"s.dispatchEvent(new Event('change')); return true; })()")
	p.until(background + " === 'rgb(18, 22, 28)'")
	p.run(chromedp.Reload())
	p.until(background + " === 'rgb(18, 22, 28)'")
	p.until("document.querySelector('#theme').value === 'dark'")
	p.isSilent()
}

func TestKeysWithoutCtrlCanBeSwitchedOff(t *testing.T) {
	_, p := openConsole(t)
	p.run(chromedp.KeyEvent("?"))
	p.shows("dialog", "send the event")
	p.screenshot("help")
	p.click("dialog input[type=checkbox]")
	p.run(chromedp.KeyEvent(kb.Escape))
	p.until("!document.querySelector('dialog').open")
	p.run(chromedp.KeyEvent("?"), chromedp.KeyEvent("e"))
	if got := eval[string](p, "document.activeElement.id"); got == "text" {
		t.Error("the key e goes to the event although it is switched off")
	}
	if eval[bool](p, "document.querySelector('dialog').open") {
		t.Error("the key ? opens the help although it is switched off")
	}
	p.isSilent()
}

func TestTheTokenLeavesTheAddress(t *testing.T) {
	s, p := openConsole(t)
	p.until("!location.href.includes('token')")
	if got := eval[string](p, "document.cookie"); got != "" {
		t.Errorf("scripts see the cookies %s", got)
	}
	without := open(t, s.server.URL+"/", look{})
	without.shows("body", "the token is missing or wrong")
}

func TestThePageSaysThatTheServerHasEnded(t *testing.T) {
	s, p := openConsole(t)
	s.server.CloseClientConnections()
	s.server.Listener.Close()
	p.shows("#offline", "Not connected")
	p.screenshot("offline")
}
