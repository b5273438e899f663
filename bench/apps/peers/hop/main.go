// Hop is the least that a server of functions can be with net/http: it passes the body of each request on to an idle
// process, and answers with what that returns. It has no routes, limits, history or log.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// spareHeap is explore's, so that the garbage collector runs as rarely as there.
const spareHeap = 8 << 20

func main() {
	spare := make([]byte, spareHeap)
	defer runtime.KeepAlive(spare)
	var python interpreter.Python
	options := lambdaruntime.Options{Env: []string{"PYTHONDONTWRITEBYTECODE=1"}, Timeout: time.Minute}
	processes := flag.Int("processes", 1, "how many processes run the function")
	flag.StringVar(&options.Dir, "dir", "", "folder of the staged package")
	flag.StringVar(&options.Handler, "handler", "index.handler", "module.function")
	flag.StringVar(&options.Workspace, "workspace", "", "folder of the embedded client")
	flag.BoolVar(&options.OwnClient, "own", false, "use the embedded client")
	flag.StringVar(&python.Path, "python", "", "the interpreter")
	flag.Parse()
	options.Python = python
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, options, *processes); err != nil {
		log.Fatal(err)
	}
}

// run serves the function until ctx ends.
func run(ctx context.Context, options lambdaruntime.Options, number int) error {
	idle := make(chan *lambdaruntime.Process, number)
	for range number {
		p, err := lambdaruntime.Start(ctx, options)
		if err != nil {
			return err
		}
		defer p.Close()
		idle <- p
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := <-idle
		defer func() { idle <- p }()
		serve(w, r, p)
	})}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	fmt.Printf("http://%s  Lambda's API\n", listener.Addr()) // as explore says it
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// serve invokes the function with the body of a request.
func serve(w http.ResponseWriter, r *http.Request, p *lambdaruntime.Process) {
	event := make([]byte, max(0, r.ContentLength))
	if _, err := io.ReadFull(r.Body, event); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	// As in explore, the end of the request does not end the process.
	response, err := p.Invoke(context.WithoutCancel(r.Context()), lambdaruntime.Request{Payload: event})
	switch {
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	case response.Failed:
		w.WriteHeader(http.StatusInternalServerError)
	}
	_, _ = w.Write(response.Payload) // a client that has gone needs no answer
}
