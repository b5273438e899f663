package console

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-sparta/sparta/internal/explore/history"
)

// summary is a line of the log of requests, builds and processes. Times are in milliseconds.
type summary struct {
	ID       string        `json:"id"`
	Sequence int64         `json:"sequence"`
	At       int64         `json:"at"` // since 1970
	State    history.State `json:"state"`
	Duration float64       `json:"duration"`

	// Of a request.
	Function  string  `json:"function,omitempty"`
	Source    string  `json:"source,omitempty"`
	Caller    string  `json:"caller,omitempty"`
	Cold      bool    `json:"cold,omitempty"`
	Init      float64 `json:"init,omitempty"`
	Transport float64 `json:"transport,omitempty"`
	Billed    float64 `json:"billed,omitempty"`
	MaxMemory int64   `json:"maxMemory,omitempty"`
	Memory    int64   `json:"memory,omitempty"`
	Size      int     `json:"size,omitempty"`   // of the payload, in bytes
	Status    int     `json:"status,omitempty"` // of HTTP, if the payload is an answer to an API
	Text      string  `json:"text,omitempty"`   // the beginning of the payload, or the error
	Lines     int     `json:"lines,omitempty"`  // of the log
	Dropped   bool    `json:"dropped,omitempty"`

	Build   *build   `json:"build,omitempty"`   // of a build, else nil
	Process *process `json:"process,omitempty"` // of the start of a process, else nil
}

type process struct {
	Function string `json:"function"`
	PID      int    `json:"pid"`
}

type build struct {
	Changed  []string       `json:"changed,omitempty"`
	Problems []buildProblem `json:"problems,omitempty"`
}

type buildProblem struct {
	File    string   `json:"file,omitempty"`
	Line    int      `json:"line,omitempty"`
	Column  int      `json:"column,omitempty"`
	Message string   `json:"message"`
	Code    []string `json:"code,omitempty"`
	First   int      `json:"first,omitempty"`
}

// excerpt is how many characters of a payload the log of requests shows.
const excerpt = 120

func summarize(entry history.Entry) summary {
	s := summary{ID: entry.ID, Sequence: entry.Sequence(), At: entry.At.UnixMilli()}
	if b := entry.Build; b != nil {
		s.State, s.Duration = b.State, milliseconds(b.Duration)
		s.Build = &build{Changed: b.Changed}
		for _, p := range b.Problems {
			s.Build.Problems = append(s.Build.Problems, buildProblem(p))
		}
		return s
	}
	if p := entry.Process; p != nil {
		s.State, s.Process = history.Succeeded, &process{p.Function, p.PID}
		return s
	}
	r := entry.Request
	if r == nil {
		return s
	}
	s.State, s.Duration = r.State, milliseconds(r.Duration)
	s.Function, s.Source, s.Caller, s.Cold, s.Dropped = r.Function, r.Source, r.Caller, r.Cold, r.Dropped
	s.Init, s.Transport, s.Billed = milliseconds(r.Init), milliseconds(r.Transport), milliseconds(r.Billed)
	s.MaxMemory, s.Memory, s.Size, s.Lines = r.MaxMemory, r.Memory, len(r.Payload), len(r.Log)
	switch {
	case r.Error != "":
		s.Text = shortened(r.Error)
	case r.State == history.Failed || r.State == history.Throttled:
		s.Text = shortened(newFailure(r.Payload).title())
	default:
		text := r.Payload
		if answer, isAnswer := newAnswer(r.Payload); isAnswer {
			s.Status, text = answer.Status, answer.body
		}
		s.Text = shortened(string(text[:min(len(text), 4*excerpt)]))
	}
	return s
}

func summarizeAll(entries []history.Entry) []summary {
	summaries := make([]summary, 0, len(entries))
	for _, entry := range entries {
		summaries = append(summaries, summarize(entry))
	}
	return summaries
}

// shortened returns the beginning of a text on one line.
func shortened(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " ")
	if utf8.RuneCountInString(text) <= excerpt {
		return text
	}
	return string([]rune(text)[:excerpt-1]) + "…"
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// failure is an error document.
type failure struct {
	Type    string            `json:"errorType"`
	Message string            `json:"errorMessage"`
	Trace   []json.RawMessage `json:"stackTrace"`
	Text    string            `json:"message"` // of an error of Lambda itself
}

// newFailure reads an error document, or as much of it as can be read.
func newFailure(payload []byte) failure {
	var f failure
	if json.Unmarshal(payload, &f) != nil {
		f = failure{}
	}
	if f.Type == "" && f.Message == "" {
		f.Message = f.Text
	}
	if f.Type == "" && f.Message == "" {
		f.Message = string(payload[:min(len(payload), 4*excerpt)])
	}
	return f
}

func (f failure) title() string {
	return strings.Trim(f.Type+": "+f.Message, ": ")
}
