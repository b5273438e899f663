// Package callers invokes functions many times at once.
package callers

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Callers invoke at the same time, each in a way of its own.
type Callers struct {
	calls   []func(ctx context.Context) error
	closers []io.Closer
}

// Add adds a caller, and what is closed with it.
func (c *Callers) Add(call func(ctx context.Context) error, closer io.Closer) {
	c.calls, c.closers = append(c.calls, call), append(c.closers, closer)
}

// Close closes what belongs to the callers.
func (c *Callers) Close() {
	for _, one := range c.closers {
		_ = one.Close()
	}
}

// Burst returns a function that invokes a number of times and returns how long that took.
func (c *Callers) Burst(times int) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		var next atomic.Int64
		var group sync.WaitGroup
		failures := make([]error, len(c.calls))
		start := time.Now()
		for i, call := range c.calls {
			group.Add(1)
			go func() {
				defer group.Done()
				for next.Add(1) <= int64(times) && failures[i] == nil {
					failures[i] = call(ctx)
				}
			}()
		}
		group.Wait()
		return time.Since(start), errors.Join(failures...)
	}
}

// HTTP returns callers of a function by Lambda's API, each with a connection. They do little else, because they run on
// the machine that is measured.
func HTTP(address, function string, event []byte, number int) (*Callers, error) {
	c := new(Callers)
	request := fmt.Appendf(nil, "POST /2015-03-31/functions/%s/invocations HTTP/1.1\r\nHost: %s\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", function, address, len(event), event)
	for range number {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			c.Close()
			return nil, err
		}
		reader := bufio.NewReader(conn)
		c.Add(func(context.Context) error {
			if _, err := conn.Write(request); err != nil {
				return err
			}
			return readEcho(reader, event)
		}, conn)
	}
	return c, nil
}

// readEcho reads an answer of the server, and returns an error unless it may be the event, encoded again.
func readEcho(reader *bufio.Reader, event []byte) error {
	status, err := reader.ReadString('\n')
	if err != nil {
		return err
	}
	length := 0
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(value)))
		}
		if len(line) == len("\r\n") {
			break
		}
	}
	answer := make([]byte, length)
	if _, err := io.ReadFull(reader, answer); err != nil {
		return err
	}
	if !strings.HasPrefix(status, "HTTP/1.1 200 ") || length < len(event)/2 {
		return fmt.Errorf("answered %s %.300q", status, answer)
	}
	return nil
}
