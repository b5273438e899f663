package lambdaruntime

import "io"

// logLines separates the lines of an error in the log of AWS's runtime client by line feeds. The client
// separates them by carriage returns and indents them with no-break spaces, so that CloudWatch keeps an error
// together. A terminal would write one line over the other.
type logLines struct {
	out     io.Writer
	matched int  // how many bytes of errorPrefix the line begins with; -1 if it is another line
	inError bool // from an error's first character to the line feed after its last carriage return
	broken  bool // the error has had a carriage return; before it, its message may have line feeds
	indent  bool // the line so far is indentation
	pending bool // the first byte of a possible no-break space is held back
}

// errorPrefix is the beginning of an error's log. A space or a carriage return follows.
const errorPrefix = "[ERROR]"

func (l *logLines) Write(p []byte) (int, error) {
	changed := make([]byte, 0, len(p)+1)
	for _, c := range p {
		if l.pending {
			l.pending = false
			if c == 0xA0 {
				changed = append(changed, ' ')
				continue
			}
			l.indent = false
			changed = append(changed, 0xC2)
		}
		if l.indent && c == 0xC2 {
			l.pending = true
			continue
		}
		changed = append(changed, l.next(c))
	}
	if _, err := l.out.Write(changed); err != nil {
		return 0, err
	}
	return len(p), nil
}

// next processes a byte of the log and returns the byte to write for it.
func (l *logLines) next(c byte) byte {
	l.indent = false
	switch {
	case l.matched == len(errorPrefix):
		l.matched = -1
		if c == ' ' || c == '\r' {
			l.inError, l.broken = true, false
		}
	case l.matched >= 0 && c == errorPrefix[l.matched]:
		l.matched++
	default:
		l.matched = -1
	}
	switch {
	case c == '\n':
		l.matched = 0
		l.inError = l.inError && !l.broken
	case c == '\r' && l.inError:
		l.broken, l.indent = true, true
		return '\n'
	}
	return c
}

// writers returns the writers for the process's output. If one writer receives both streams, one writer is
// returned for both, so that their order is kept.
func (o Options) writers() (stdout, stderr io.Writer) {
	if len(o.Command) > 0 || o.usesOwnClient() || o.Stdout == nil {
		return o.Stdout, o.Stderr
	}
	lines := &logLines{out: o.Stdout}
	if same(o.Stdout, o.Stderr) {
		return lines, lines
	}
	return lines, o.Stderr
}

// same reports whether two writers are equal; writers that cannot be compared are not.
func same(a, b io.Writer) bool {
	defer func() { _ = recover() }()
	return a == b
}
