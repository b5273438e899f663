package functions

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
)

// restore starts a function. It returns the first response after the restore, how long that took, and what the process
// wrote to stderr.
func restore(
	ctx context.Context, s *session.Session, o lambdaruntime.Options,
) (response *lambdaruntime.Response, took time.Duration, written string, err error) {
	var said testoutput.Output
	o.Stderr = &said
	p, err := s.Start(ctx, o)
	if err != nil {
		return nil, 0, "", err
	}
	defer p.Close()
	for deadline := time.Now().Add(time.Minute); !strings.Contains(said.String(), "before the snapshot"); {
		if p.Flush(); time.Now().After(deadline) {
			return nil, 0, "", errors.New("the hook did not run within a minute")
		}
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond) // until it waits for the snapshot
	began := time.Now()
	response, err = session.Invoke(ctx, p, []byte("{}"))
	if err != nil {
		return nil, 0, "", err
	}
	took = time.Since(began)
	if string(response.Payload) != "true" {
		return nil, 0, "", errors.New("the hook after the restore did not run")
	}
	p.Flush()
	return response, took, said.String(), nil
}
