package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/internal/original"
)

// originalService describes an application of the original Sparta by a template of the tests of the product, in which
// functions have another runtime than in that of Sparta.
func originalService(t *testing.T, name string) *localservice.Service {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "product", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	template := strings.NewReplacer(`"python3.13"`, `"go1.x"`, "/SUM.zip", "/Old-code-1.zip").Replace(string(content))
	var document map[string]json.RawMessage
	if err := json.Unmarshal([]byte(template), &document); err != nil {
		t.Fatal(err)
	}
	delete(document, "Parameters")
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "template.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	described, err := original.NewService(&original.Rendered{Template: path})
	if err != nil {
		t.Fatal(err)
	}
	service, problem, err := described.Local(true)
	if err != nil || problem != nil {
		t.Fatal(err, problem)
	}
	return &service
}

func TestThePictureOfAnOriginalApplication(t *testing.T) {
	for name, test := range map[string]struct{ template, link, title, event string }{
		"a function": {"original-queue.json", "[href='#function-Price_List']:has(.function)", "Price_List", ""},
		"a queue":    {"original-queue.json", "[data-sample=sqs]", "Ship", `"source": "sqs"`},
		"a route":    {"original-site.json", "[data-request='GET /hello']", "Hello", `"routeKey": "GET /hello"`},
	} {
		t.Run(name, func(t *testing.T) {
			for _, dark := range []bool{false, true} {
				s := start(t)
				s.mu.Lock()
				s.described = originalService(t, test.template)
				s.mu.Unlock()
				p := open(t, s.address(), look{1200, 800, dark})
				p.shows("#service", "Shop")
				p.run(chromedp.KeyEvent("p"))
				p.until("document.querySelector('dialog svg a')")
				p.screenshot(fmt.Sprintf("original-%s-dark=%t", test.template, dark))
				p.run(chromedp.Click(chromedp.CSS("dialog svg a" + test.link)))
				p.shows("#event-title", "Event for "+test.title)
				p.until("!document.querySelector('dialog').open")
				p.until(event + ".includes(" + quote(test.event) + ")")
				p.isSilent()
			}
		})
	}
}
