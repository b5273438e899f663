package explore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/explore/patience"
	"github.com/go-sparta/sparta/internal/explore/rebuild"
	"github.com/go-sparta/sparta/internal/explore/watch"
)

// spareHeap is how much more may be allocated, in bytes, until the garbage collector runs. What explore keeps is so
// little that it would run after each hundred small requests.
const spareHeap = 8 << 20

// Run runs a service until ctx ends.
func Run(ctx context.Context, options Options) error {
	spare := make([]byte, spareHeap) // counts as memory in use, although the system gives none for it
	defer runtime.KeepAlive(spare)
	parsed, err := options.parse()
	if err != nil {
		return err
	}
	first, second, err := listenPair(ctx, parsed.host, parsed.port)
	if err != nil {
		return err
	}
	engine := newEngine(context.WithoutCancel(ctx), parsed) // which close ends
	defer engine.close()
	site := &web{engine: engine, address: second.Addr()}
	page := newPage(engine, site, options.dir(), first)
	defer page.close()
	s := newSession(parsed, engine, site, page)
	if parsed.port != 0 && portOf(first) != parsed.port {
		options.Log.Infof("port %d is taken: %d is used instead", parsed.port, portOf(first))
	}
	if _, err := io.WriteString(options.Out, page.text()); err != nil {
		return fmt.Errorf("write the addresses: %w", err)
	}
	served := page.guard.Web(patience.Handler(site, patience.Usual))
	return s.serve(ctx, map[net.Listener]http.Handler{first: page, second: served})
}

// serve builds and serves until ctx ends.
func (s *session) serve(ctx context.Context, handlers map[net.Listener]http.Handler) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var work sync.WaitGroup
	for listener, handler := range handlers {
		server := &http.Server{
			Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 5 * time.Minute,
			ErrorLog: log.New(io.Discard, "", 0), // of connections that clients break
		}
		stop := context.AfterFunc(ctx, func() { _ = server.Close() })
		defer stop()
		work.Add(1)
		go func() {
			defer work.Done()
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				cancel(fmt.Errorf("serve on %s: %w", listener.Addr(), err))
			}
		}()
	}
	err := rebuild.Run(ctx, rebuild.Options{
		Build:    s.settings.Build,
		Debug:    s.options.debug,
		Files:    s.options.variableFiles(),
		Log:      s.options.Log,
		Quiet:    s.quiet,
		Watch:    watch.Options{Warn: s.limited},
		Reload:   s.reload,
		Started:  s.started,
		Finished: func(result rebuild.Result) { s.finished(ctx, result) },
	})
	if err == nil && !errors.Is(context.Cause(ctx), ctx.Err()) {
		err = context.Cause(ctx)
	}
	cancel(nil)
	s.endDescription()
	work.Wait()
	return err
}
