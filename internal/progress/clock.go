package progress

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/sirupsen/logrus"
)

// eraseLine clears a terminal from the cursor to the end of the line.
const eraseLine = "\x1b[K"

// IsLive reports whether a log has level info and is written to a terminal. Such a log is shorter than others, and may
// show a Clock.
func IsLive(log *logrus.Logger) bool {
	lines, ok := log.Formatter.(Lines)
	return ok && lines.Live && log.GetLevel() == logrus.InfoLevel
}

// Clock shows on the log's terminal, if it has one, for how long something has taken, until the function that it
// returns is called. The cursor stays at the start of the line: whatever is written next replaces the clock.
func Clock(log *logrus.Logger, what string) (stop func()) {
	file, ok := log.Out.(*os.File)
	if !ok || !IsLive(log) {
		return func() {}
	}
	return tick(file, func() int { return Width(file) }, what)
}

func tick(out io.Writer, width func() int, what string) (stop func()) {
	start, end, ended := time.Now(), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(time.Second) // what is done in a second needs no clock
		defer ticker.Stop()
		for {
			select {
			case <-end:
				// Each draw is one write, so that it cannot be between the parts of a line of the log.
				_, _ = io.WriteString(out, eraseLine)
				return
			case <-ticker.C:
				text := clockText(what, time.Since(start), width())
				_, _ = io.WriteString(out, eraseLine+text+"\r")
			}
		}
	}()
	return func() {
		close(end)
		<-ended
	}
}

// clockText returns what a clock shows in this many columns: what takes the time, cut if necessary, and the time.
func clockText(what string, elapsed time.Duration, columns int) string {
	seconds := int(elapsed.Seconds())
	took := fmt.Sprintf("  %ds", seconds)
	if seconds >= 60 {
		took = fmt.Sprintf("  %dm%02ds", seconds/60, seconds%60)
	}
	room := max(columns-len(took)-1, 0) // in the last column, some terminals begin a new line
	return what[:min(len(what), room)] + took
}
