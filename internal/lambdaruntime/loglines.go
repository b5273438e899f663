package lambdaruntime

import "io"

// logLines puts each line of an error in the log of AWS's runtime client on a line of its own. The client
// ends these lines with carriage returns and indents them with no-break spaces, so that CloudWatch keeps
// an error together. A terminal would write one line over the other.
type logLines struct {
	out     io.Writer
	matched int  // how much of errorPrefix the line begins with; -1 where it is another line
	inError bool // from an error's first character until the line break behind its last carriage return
	broken  bool // the error has had a carriage return; its message may have had line breaks before that
	indent  bool // the line so far is indentation
	pending bool // the first byte of what may be a no-break space is held back
}

// errorPrefix is what the log of an error begins with. A space or a carriage return follows.
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

// next follows the log by a byte and returns what is to be written for it.
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

// outputs are the writers for what the process prints. One that takes both streams stays one, so that
// their order does.
func (o Options) outputs() (stdout, stderr io.Writer) {
	if len(o.Command) > 0 || o.usesOwnClient() || o.Stdout == nil {
		return o.Stdout, o.Stderr
	}
	lines := &logLines{out: o.Stdout}
	if same(o.Stdout, o.Stderr) {
		return lines, lines
	}
	return lines, o.Stderr
}

// same reports whether two writers are one; those that cannot be compared are not.
func same(a, b io.Writer) bool {
	defer func() { _ = recover() }()
	return a == b
}
