package explore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/progress"
)

// record completes the entry of an invocation, and writes a line about it.
func (e *engine) record(id, name string, took time.Duration, result *sandbox.Result, err error) {
	e.history.Update(id, func(entry *history.Entry) {
		request := entry.Request
		switch {
		case errors.Is(err, sandbox.ErrTooMany):
			request.State, request.Error = history.Throttled, err.Error()
		case errors.Is(err, context.Canceled):
			request.State, request.Error = history.Failed, "stopped"
		case err != nil:
			request.State, request.Error = history.Failed, err.Error()
		default:
			complete(request, result)
		}
	})
	// WithFields would copy the fields, for each request.
	log := &logrus.Entry{Logger: e.options.Log, Data: logrus.Fields{progress.Step: "invoke", progress.Took: took}}
	switch {
	case err != nil:
		log.Warnf("%s: %v", name, err)
	case result.Failed:
		log.Warnf("%s failed: %s", name, summary(result))
	default:
		log.Info(name + cold(result))
	}
}

// complete fills in an entry from a result.
func complete(request *history.Request, result *sandbox.Result) {
	request.State = history.Succeeded
	if result.Failed {
		request.State = history.Failed
	}
	request.Payload = result.Payload
	request.Cold, request.Init, request.Duration = result.Cold, result.InitDuration, result.Duration
	request.Transport = max(result.Total-result.InitDuration-result.Duration, 0)
	request.Billed, request.MaxMemory = result.Billed(), result.MaxMemory
	request.Memory = int64(result.MemorySize) << 20
	if result.Dropped > 0 && len(result.Log) > 0 {
		text := fmt.Sprintf("… %d lines before are not kept …", result.Dropped)
		request.Log = append(request.Log, history.Line{At: result.Log[0].At, Text: text})
	}
	for _, line := range result.Log {
		request.Log = append(request.Log, history.Line{At: line.At, Text: line.Text})
	}
}

func cold(result *sandbox.Result) string {
	if !result.Cold {
		return ""
	}
	return fmt.Sprintf(", cold start of %s", result.InitDuration.Round(time.Millisecond))
}

// messageOf returns the message of a function's error.
func messageOf(result *sandbox.Result) string {
	var document struct{ ErrorMessage string }
	_ = json.Unmarshal(result.Payload, &document) // a function may fail with any document
	return document.ErrorMessage
}

// summary is a function's error on one line.
func summary(result *sandbox.Result) string {
	const most = 200
	text := strings.Trim(result.ErrorType+": "+messageOf(result), ": ")
	if text == "" {
		text = string(result.Payload)
	}
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
