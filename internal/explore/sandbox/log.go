package sandbox

import (
	"bytes"
	"sync"
	"time"
)

// Line is a line that a function has printed, to stdout or stderr. Both are one log, as on Lambda: otherwise the order
// of their lines would be lost.
type Line struct {
	At   time.Time `json:"at"` // when it was read
	Text string    `json:"text"`
}

// What is kept of an invocation's log. A longer line becomes several.
const (
	maxLine  = 256 << 10
	maxLog   = 1 << 20
	maxLines = 10_000
)

// collector collects the lines of one environment's output.
type collector struct {
	passOn func(requestID string, line Line)

	mu        sync.Mutex // guards what follows
	requestID string     // of the invocation that runs or has run last
	ended     bool       // that invocation has ended: its log is complete
	part      []byte     // of a line without its end
	lines     []Line
	size      int // of lines, in bytes
	dropped   int // lines that are no longer in lines
}

// begin makes what follows the log of an invocation. What the initialization has printed is part of the first one.
func (c *collector) begin(requestID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		c.finishLine()
	}
	c.requestID, c.ended = requestID, false
}

// end returns the log of the invocation, and how many lines were dropped at its beginning.
func (c *collector) end() ([]Line, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.finishLine()
	lines, dropped := c.lines, c.dropped
	c.lines, c.size, c.dropped, c.ended = nil, 0, 0, true
	return lines, dropped
}

func (c *collector) Write(text []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := len(text)
	for len(text) > 0 {
		line, rest, complete := bytes.Cut(text, []byte("\n"))
		if room := maxLine - len(c.part); len(line) > room {
			line, rest, complete = text[:room], text[room:], true
		}
		if complete && len(c.part) == 0 {
			c.add(line)
		} else if c.part = append(c.part, line...); complete {
			c.finishLine()
		}
		text = rest
	}
	return n, nil
}

// finishLine adds the line that has begun, if any.
func (c *collector) finishLine() {
	if len(c.part) > 0 {
		c.add(c.part)
		c.part = c.part[:0]
	}
}

// add adds a line to the log.
func (c *collector) add(text []byte) {
	line := Line{At: time.Now(), Text: string(bytes.TrimSuffix(text, []byte("\r")))}
	if c.passOn != nil {
		c.passOn(c.requestID, line)
	}
	if c.ended {
		return
	}
	c.lines = append(c.lines, line)
	c.size += len(line.Text)
	for c.size > maxLog || len(c.lines) > maxLines {
		c.size -= len(c.lines[0].Text)
		c.lines[0] = Line{} // frees its text
		c.lines = c.lines[1:]
		c.dropped++
	}
}
