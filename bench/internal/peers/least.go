package peers

import (
	"context"
	"path/filepath"

	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// The names of functions that nobody would use. They show the least that a part takes: no function in Go can take less.
const (
	Client = "client alone"     // passes its event on without reading it
	Empty  = "empty Go library" // a Python handler beside a library that does nothing
)

// ClientAlone returns a function of the Python client that answers with the event's bytes.
func ClientAlone(s *session.Session) (Peer, error) { return least(s, Client, "unread") }

// EmptyLibrary returns a Python handler that returns its event, in a process with Go's runtime.
func EmptyLibrary(ctx context.Context, s *session.Session) (Peer, error) {
	library, err := s.Program(ctx, "empty", "-buildmode=c-shared")
	if err != nil {
		return Peer{}, err
	}
	return least(s, Empty, "empty", "PROGRAM="+library)
}

func least(s *session.Session, name, module string, env ...string) (Peer, error) {
	dir := filepath.Join(s.Scratch, "peers")
	o := lambdaruntime.Options{Dir: filepath.Join(dir, "python"), Handler: module + ".handler", Env: env}
	return Peer{name, o}, write(dir)
}
