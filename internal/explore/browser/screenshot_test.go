package browser

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/go-sparta/sparta/internal/explore/history"
)

var update = flag.Bool("update", false, "write the screenshots of the documents")

// TestScreenshot makes the screenshots of the documents: go tool mage screenshot.
func TestScreenshot(t *testing.T) {
	if !*update {
		t.Skip("-update is not set")
	}
	s := start(t)
	s.traffic(t)
	for i := range 17 {
		s.history.Add(history.Entry{Request: &history.Request{
			Function: []string{"take", "shop", "take"}[i%3], Source: "http", Caller: "GET /", State: history.Succeeded,
			Duration: time.Duration(2+i*i%11) * time.Millisecond, Payload: []byte(`{"ok":true}`),
		}})
	}
	for name, dark := range map[string]bool{"console.png": false, "console-dark.png": true} {
		p := open(t, s.address(), look{1280, 760, dark})
		p.shows("#service", "Shop")
		p.write(`{"id":"A-17","items":[{"sku":"tea","count":2},{"sku":"cup","count":1}],"paid":true}`)
		p.press("Format")
		p.click("#send")
		p.shows("#verdict", "take succeeded")
		p.shows(".log", "order taken")
		p.run(chromedp.Blur(chromedp.CSS("#send")))
		picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("..", "..", "..", "docs", name), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
