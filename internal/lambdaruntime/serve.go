package lambdaruntime

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// newAPI returns a Runtime API that listens on an ephemeral port of the loopback interface.
func newAPI() (*api, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve the Lambda Runtime API: %w", err)
	}
	a := &api{
		listener:    listener,
		connections: &connections{open: map[*connection]struct{}{}},
		jobs:        make(chan *job),
		resume:      make(chan struct{}),
		dead:        make(chan struct{}),
		failure:     make(chan []byte, 1),
		idle:        make(chan struct{}, 1),
		started:     make(chan struct{}),
		served:      make(chan struct{}),
	}
	a.server = &http.Server{
		Handler:           a.routes(),
		ConnContext:       withConnection,
		MaxHeaderBytes:    64 << 10,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       20 * time.Minute, // a function may work for 15 minutes between two requests
	}
	go func() {
		defer close(a.served)
		_ = a.server.Serve(drainedListener{listener, a.connections, a.admits}) // until drain closes it
	}()
	return a, nil
}

// connectionKey is that of a request's connection.
type connectionKey struct{}

func withConnection(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, conn)
}

// routes returns the handler of the Runtime API. See
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
func (a *api) routes() http.Handler {
	const base = "/2018-06-01/runtime/"
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+base+"invocation/next", a.next)
	mux.HandleFunc("GET "+base+"restore/next", a.restore)
	mux.HandleFunc("POST "+base+"init/error", a.failed)
	mux.HandleFunc("POST "+base+"restore/error", a.failed)
	mux.HandleFunc("POST "+base+"invocation/{id}/response", func(w http.ResponseWriter, r *http.Request) {
		a.finished(w, r, false)
	})
	mux.HandleFunc("POST "+base+"invocation/{id}/error", func(w http.ResponseWriter, r *http.Request) {
		a.finished(w, r, true)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		refuse(w, http.StatusNotFound, "Runtime.UnknownPath", r.Method+" "+r.URL.Path)
	})
	return mux
}
