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
	"github.com/go-sparta/sparta/internal/explore/patience"
	"github.com/go-sparta/sparta/internal/gateway/front"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/sample"
)

// page is what is served on the first port: the console and Lambda's API.
type page struct {
	engine  *engine
	web     *web
	dir     string // of the application
	base    string // the console's address
	guard   guard.Guard
	api     http.Handler
	endAPI  func()
	console *console.Console

	mu        sync.Mutex // guards what follows
	addresses []console.Address
}

func newPage(e *engine, site *web, dir string, listener net.Listener) *page {
	p := &page{
		engine: e,
		web:    site,
		dir:    dir,
		base:   "http://" + net.JoinHostPort(front.Host(listener.Addr()), strconv.Itoa(portOf(listener))),
		guard:  guard.Guard{Names: []string{e.options.host}, Token: guard.NewToken()},
	}
	api, end := newAPI(e)
	p.api, p.endAPI = p.guard.Service(api), end
	p.console = console.New(console.Options{
		History:   e.history,
		Service:   p.service,
		Functions: e.states,
		Invoke: func(ctx context.Context, id, function string, event []byte) error {
			request := lambdaruntime.Request{RequestID: id, Payload: event}
			_, err := e.invoke(ctx, origin{source: "console"}, function, request)
			return err
		},
		Sample:    p.sample,
		Picture:   func() string { return e.described().Picture },
		Request:   p.request,
		EventsDir: filepath.Join(dir, "events"),
		Source: func(file string) (console.Source, error) {
			return console.FindSource(e.sources(), file)
		},
	})
	return p
}

// close ends what the page does in the background.
func (p *page) close() {
	p.endAPI()
	p.console.Close()
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
	p.guard.Page(patience.Handler(p.console, patience.Usual)).ServeHTTP(w, r)
}

// service describes the service to the console.
func (p *page) service() console.Service {
	p.mu.Lock()
	defer p.mu.Unlock()
	return console.Service{
		Name:      cmp.Or(p.engine.described().Name, filepath.Base(p.dir)),
		Addresses: append([]console.Address{{Name: "Lambda's API", URL: p.base}}, p.addresses...),
		Samples:   sample.Names(),
	}
}

// show lets the console show other addresses.
func (p *page) show(addresses []front.Address) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.addresses = nil
	for _, one := range addresses {
		p.addresses = append(p.addresses, console.Address{Name: one.Name + one.Note, URL: one.URL})
	}
}

// request returns the event of a request to a route of a function.
func (p *page) request(ctx context.Context, function, route string) ([]byte, error) {
	return p.web.event(ctx, function, route)
}

// sample returns a sample event for a function.
func (p *page) sample(name, function string) ([]byte, error) {
	description := p.engine.described().ServiceDescription()
	return sample.Event(name, &description, function)
}
