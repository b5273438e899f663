package explore

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/go-sparta/sparta/internal/explore/console"
	"github.com/go-sparta/sparta/internal/explore/guard"
	"github.com/go-sparta/sparta/internal/gateway/front"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/internal/sample"
)

// page is what is served on the first port: the console and Lambda's API.
type page struct {
	engine *engine
	dir    string // of the application
	base   string // the console's address
	guard  guard.Guard
	api    http.Handler

	mu       sync.RWMutex // guards what follows
	consoles []*console.Console
	shown    string // the name and the addresses that the last one shows
}

func newPage(e *engine, dir string, listener net.Listener) *page {
	host := "127.0.0.1"
	if address, ok := listener.Addr().(*net.TCPAddr); ok && !address.IP.IsUnspecified() {
		host = address.IP.String()
	}
	p := &page{
		engine: e,
		dir:    dir,
		base:   "http://" + net.JoinHostPort(host, strconv.Itoa(portOf(listener))),
		guard:  guard.Guard{Token: guard.NewToken()},
	}
	p.api = p.guard.Service(newAPI(e))
	p.show(nil)
	return p
}

// text returns the addresses, in lines.
func (p *page) text() string {
	const lines = "%s  console\n%s  Lambda's API (--endpoint-url of the AWS CLI)\n"
	return fmt.Sprintf(lines, p.guard.Address(p.base), p.base)
}

// ServeHTTP serves Lambda's API below its version, and the console elsewhere.
func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/2015-03-31/") {
		p.api.ServeHTTP(w, r)
		return
	}
	p.mu.RLock()
	last := p.consoles[len(p.consoles)-1]
	p.mu.RUnlock()
	p.guard.Page(last).ServeHTTP(w, r)
}

// show lets the console show the service and its addresses. Pages that are open keep what they show.
func (p *page) show(addresses []front.Address) {
	service := p.engine.described()
	name := cmp.Or(service.Name, filepath.Base(p.dir))
	if text := name + "\n" + front.Text(addresses); len(p.consoles) == 0 || text != p.shown {
		p.shown = text
	} else {
		return
	}
	options := console.Options{
		Service:   name,
		Version:   moduleversion.Current(),
		History:   p.engine.history,
		Functions: p.engine.states,
		Invoke: func(ctx context.Context, id, function string, event []byte) error {
			_, err := p.engine.invoke(ctx, "console", function, lambdaruntime.Request{RequestID: id, Payload: event})
			return err
		},
		Samples:   sample.Names,
		Sample:    p.sample,
		EventsDir: filepath.Join(p.dir, "events"),
		Source:    p.source,
	}
	for _, one := range addresses {
		options.Addresses = append(options.Addresses, console.Address{Name: one.Name + one.Note, URL: one.URL})
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.consoles = append(p.consoles, console.New(options))
}

// sample returns a sample event for a function.
func (p *page) sample(name, function string) ([]byte, error) {
	description := p.engine.described().ServiceDescription()
	return sample.Event(name, &description, function)
}

// source returns a source file of the application, or of the package that runs.
func (p *page) source(file string) (console.Source, error) {
	return console.FindSource(p.engine.sources(), file)
}

// close ends the invocations that the page has started.
func (p *page) close() {
	for _, one := range p.consoles {
		one.Close()
	}
}
